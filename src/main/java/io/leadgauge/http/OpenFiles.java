package io.leadgauge.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;

/** How many files this process may open, sockets among them. */
final class OpenFiles {
  private static final Logger LOG = System.getLogger(OpenFiles.class.getName());

  /** One in three stays free, for the store, calls of CRMs, the admin port, more connections. */
  private static final int SHARE = 3;

  private static final int LEAST = 16;

  private OpenFiles() {}

  /** Returns as many sockets as are wanted, or fewer where the limit of open files is near. */
  static int sockets(int wanted) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long most = unix.getMaxFileDescriptorCount();
      long free = most - unix.getOpenFileDescriptorCount();
      int sockets = (int) Math.min(wanted, Math.max(LEAST, free - free / SHARE));
      if (sockets < wanted) {
        LOG.log(
            Level.WARNING,
            "at most {0} connections at once, since this process may open {1} files; raise the"
                + " limit (ulimit -n) for up to {2}",
            sockets,
            most,
            wanted);
      }
      return sockets;
    }
    return wanted;
  }
}
