package io.leadgauge.manifest;

import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.Output;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words by which manifests call the constants of a connection. */
final class Words {
  static final List<String> CRMS = of(CrmKind.values());
  static final List<String> MODES = of(Mode.values());
  static final List<String> TYPES = of(FieldType.values());
  static final List<String> OUTPUTS = Arrays.stream(Output.values()).map(Output::word).toList();

  /** The schemes that HubSpot signs with. */
  static final List<String> SCHEMES =
      Arrays.stream(SignatureScheme.values())
          .filter(scheme -> scheme != SignatureScheme.STANDARD)
          .map(SignatureScheme::word)
          .toList();

  private Words() {}

  static Optional<CrmKind> crm(String word) {
    return constant(CrmKind.values(), word);
  }

  static Optional<Mode> mode(String word) {
    return constant(Mode.values(), word);
  }

  static Optional<FieldType> type(String word) {
    return constant(FieldType.values(), word);
  }

  static Optional<SignatureScheme> scheme(String word) {
    return SCHEMES.contains(word) ? SignatureScheme.ofWord(word) : Optional.empty();
  }

  /** Returns the word of a constant. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> of(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Words::of).toList();
  }

  private static <E extends Enum<E>> Optional<E> constant(E[] constants, String word) {
    return Arrays.stream(constants).filter(constant -> of(constant).equals(word)).findFirst();
  }
}
