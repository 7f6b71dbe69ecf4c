package io.leadgauge.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes options that are not given from the environment: {@code LEADGAUGE_ADMIN_PORT} for {@code
 * --admin-port}. A parameter without a dash is called by its {@code descriptionKey}.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
  private static final String PREFIX = "LEADGAUGE_";

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    String name = name(argument);
    String value = name == null ? null : environment.get(variable(name));
    return value == null || value.isEmpty() ? null : value;
  }

  private static @Nullable String name(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return argument.descriptionKey();
    }
    return option.usageHelp() || option.versionHelp() ? null : option.longestName();
  }

  /** Returns the variable that stands for an option. */
  static String variable(String option) {
    String word = option.replaceFirst("^-+", "").replace('-', '_');
    return PREFIX + word.toUpperCase(Locale.ROOT);
  }
}
