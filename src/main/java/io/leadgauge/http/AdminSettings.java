package io.leadgauge.http;

import io.leadgauge.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where the admin port listens and who may ask from elsewhere.
 *
 * @param host the address to listen on; loopback unless told
 * @param port the port; 0 takes a free one
 * @param token what others than this machine must bring; null lets none of them in
 */
public record AdminSettings(String host, int port, @Nullable Secret token) {
  /** Only this machine can connect to it. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Returns the settings for this machine alone. */
  public static AdminSettings loopback(int port) {
    return new AdminSettings(LOOPBACK, port, null);
  }
}
