package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast models are compared; {@code -Dlong}, see docs/performance.md. */
@Tag("long")
@Tag("alone")
class ReplayPaceTest {
  private static final int CONTACTS = Integer.getInteger("pace.contacts", 10_000);
  private static final int ACTIVITIES = 60;

  @TempDir private Path folder = Path.of("");

  @Test
  void comparison_ofManyContacts_isTimed() throws IOException {
    TownHouse house = new TownHouse(folder, TownHouse.ONE, CONTACTS, ACTIVITIES);
    timed(house, "one thread", "--threads=1", "--csv=" + house.file("a.csv"));
    timed(house, "all threads", "--csv=" + house.file("b.csv"));
    timed(house, "all threads, with a capacity", "--capacity=" + CONTACTS / 200);
    assertThat(Files.mismatch(house.file("a.csv"), house.file("b.csv"))).isEqualTo(-1);
  }

  private static void timed(TownHouse house, String what, String... options) {
    long began = System.nanoTime();
    long cpu = cpuMillis();
    TestTerminal terminal = TownHouse.columns(100);
    assertThat(house.replay(terminal, options)).as(terminal.err()).isEqualTo(ExitCode.DONE);
    long millis = (System.nanoTime() - began) / 1_000_000;
    System.out.printf(
        "%s: %d ms, %d contacts a second, %d ms of processor time, heap %d MB%n",
        what,
        millis,
        CONTACTS * 1_000L / millis,
        cpuMillis() - cpu,
        Runtime.getRuntime().maxMemory() >> 20);
    System.out.println(terminal.out());
  }

  private static long cpuMillis() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1_000_000
        : 0;
  }
}
