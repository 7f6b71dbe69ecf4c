package io.leadgauge.crm.rest;

import io.leadgauge.crm.CallTrouble;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * What it means that no whole answer came.
 *
 * @param platform the platform's name, for people
 * @param address what a manifest calls the address of the platform
 */
record BrokenCall(String platform, String address) {
  private static final Duration UNREACHABLE = Duration.ofSeconds(5);

  CallTrouble trouble(Throwable failure) {
    if (failure instanceof BoundedBody.TooLargeException) {
      return new CallTrouble.Unknown(failure.getMessage() + "; ask for fewer properties");
    }
    String what = words(failure);
    if (failure instanceof TimeoutException) {
      return new CallTrouble.Unknown("no whole answer from " + platform + " in time");
    }
    return neverSent(failure)
        ? new CallTrouble.Wait(
            UNREACHABLE,
            PlainText.shown(
                platform + " cannot be reached: " + what + "; check network and " + address))
        : new CallTrouble.Unknown(
            PlainText.shown("the connection to " + platform + " broke: " + what));
  }

  CallTrouble interrupted() {
    return new CallTrouble.Unknown("interrupted while waiting for " + platform + "'s answer");
  }

  private static String words(Throwable failure) {
    return switch (failure) {
      case UnknownHostException e ->
          "its host has no address here: " + String.valueOf(e.getMessage()).strip();
      case ConnectException e -> String.valueOf(e.getMessage());
      default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
    };
  }

  private static boolean neverSent(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLHandshakeException;
  }
}
