package io.leadgauge.crm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.leadgauge.model.SealedToken;
import io.leadgauge.model.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that tokens are encrypted with while they are kept: AES-256 in Galois/Counter Mode. The
 * first one seals, any of them opens, so that a key can be replaced. Which token it is, of which
 * app in which portal, is authenticated with it: one that is put in another's place does not open.
 *
 * <p>Immutable and thread-safe.
 */
public final class TokenKeys {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int ID_BYTES = 4;

  private final List<Key> keys;

  private record Key(String id, SecretKeySpec key) {}

  /**
   * Takes keys.
   *
   * @param texts at least one, each 32 bytes as {@link #isKey} wants them
   * @throws IllegalArgumentException if there is none, or one is not a key
   */
  public TokenKeys(List<Secret> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("a key is needed to keep tokens");
    }
    this.keys = texts.stream().map(text -> key(bytes(text).orElseThrow())).toList();
  }

  /** Tells whether a text is a key: 32 bytes in Base64, or 64 hex digits. */
  public static boolean isKey(Secret text) {
    return bytes(text).isPresent();
  }

  private static Optional<byte[]> bytes(Secret text) {
    String written = text.reveal();
    try {
      byte[] bytes =
          written.length() == 2 * KEY_BYTES
              ? HexFormat.of().parseHex(written)
              : Base64.getDecoder().decode(written);
      return bytes.length == KEY_BYTES ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A key is known by a digest of it, which tells nothing of one that was made by chance. */
  private static Key key(byte[] bytes) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update("leadgauge token key ".getBytes(UTF_8));
      byte[] digest = sha256.digest(bytes);
      return new Key(
          HexFormat.of().formatHex(digest, 0, ID_BYTES), new SecretKeySpec(bytes, "AES"));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** Returns the name of the key that seals. */
  public String newest() {
    return keys.getFirst().id();
  }

  /** Tells whether there is a key of this name. */
  public boolean has(String keyId) {
    return keys.stream().anyMatch(key -> key.id().equals(keyId));
  }

  /**
   * Encrypts a token.
   *
   * @param app the app's name
   * @param portal whose token it is
   * @param unguessable fills an array by chance
   */
  public SealedToken seal(Secret token, String app, String portal, Consumer<byte[]> unguessable) {
    byte[] nonce = new byte[NONCE_BYTES];
    unguessable.accept(nonce);
    Key key = keys.getFirst();
    try {
      byte[] text =
          cipher(Cipher.ENCRYPT_MODE, key, nonce, app, portal).doFinal(token.revealBytes());
      byte[] all = Arrays.copyOf(nonce, nonce.length + text.length);
      System.arraycopy(text, 0, all, nonce.length, text.length);
      return new SealedToken(key.id(), all);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES/GCM", e);
    }
  }

  /**
   * Decrypts a token; empty if there is no such key, or it is not this app's token of this portal.
   */
  public Optional<Secret> open(SealedToken sealed, String app, String portal) {
    return keys.stream()
        .filter(key -> key.id().equals(sealed.keyId()))
        .findFirst()
        .flatMap(key -> open(key, sealed.bytes(), app, portal));
  }

  private static Optional<Secret> open(Key key, byte[] sealed, String app, String portal) {
    if (sealed.length <= NONCE_BYTES) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, key, nonce, app, portal)
              .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return Optional.of(Secret.of(new String(text, UTF_8)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, Key key, byte[] nonce, String app, String portal)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("refresh token\n" + app + "\n" + portal).getBytes(UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "***";
  }
}
