package io.leadgauge.cli;

import static java.util.stream.Collectors.joining;

import io.leadgauge.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the process begins: finds the command and runs it. */
@Command(
    name = "leadgauge",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    header = "Scores the contacts of your CRM, moves their stage and says why.",
    synopsisHeading = "%nUsage: ",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footer = {
      "",
      "Each command tells its options with --help. Every option has an environment variable that "
          + "stands for it: LEADGAUGE_ADMIN_PORT for --admin-port.",
      "",
      "Exit codes: 0 done, 1 the answer is no, 2 used wrongly."
    })
public final class Main implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(Terminal.ofProcess(), arguments));
  }

  /** All commands, in the order in which the help tells them. */
  private static List<Object> commands(Terminal terminal) {
    return List.of(
        new DemoCommand(terminal),
        new SetupCommand(terminal),
        new ServeCommand(terminal),
        new CheckCommand(terminal),
        new ScoreCommand(terminal),
        DeliveriesCommand.line(terminal),
        new ReplayCommand(terminal),
        new RebuildCommand(terminal),
        new BackfillCommand(terminal),
        new InstallCommand(terminal),
        new DoctorCommand(terminal),
        new ApproveCommand(terminal),
        new EraseCommand(terminal),
        new BackupCommand(terminal),
        new RestoreCommand(terminal),
        new VersionsCommand(terminal),
        new RollbackCommand(terminal),
        new SignatureCommand(terminal),
        new SandboxCommand(terminal),
        new BenchCommand(terminal),
        new RehearseCommand(terminal));
  }

  /** Runs a command and returns its exit code. */
  static int run(Terminal terminal, String... arguments) {
    CommandLine line = new CommandLine(new Main());
    named(commands(terminal), arguments).forEach(line::addSubcommand);
    line.setOut(terminal.out())
        .setErr(terminal.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(terminal)))
        .setDefaultValueProvider(new EnvironmentDefaults(terminal.environment()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpLongOptionsMaxWidth(24)
        .setParameterExceptionHandler((error, given) -> wrongUse(terminal, error))
        .setExecutionExceptionHandler((error, command, result) -> failed(terminal, error));
    terminal
        .columns()
        .ifPresentOrElse(line::setUsageHelpWidth, () -> line.setUsageHelpAutoWidth(true));
    int code = line.execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    return code;
  }

  /**
   * Returns the command that is named first, or all of them where none is: looking through all of
   * them would be a tenth of what it takes to start.
   */
  private static List<Object> named(List<Object> commands, String... arguments) {
    List<Object> named =
        commands.stream()
            .filter(command -> arguments.length > 0 && nameOf(command).equals(arguments[0]))
            .toList();
    return named.isEmpty() ? commands : named;
  }

  private static String nameOf(Object command) {
    return command instanceof CommandLine line
        ? line.getCommandName()
        : command.getClass().getAnnotation(Command.class).name();
  }

  /** Without a command there is only the help to show, and nothing was done. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given, expected one of " + names());
  }

  private String names() {
    return spec.subcommands().entrySet().stream()
        .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .collect(joining(", "));
  }

  private static Ansi ansi(Terminal terminal) {
    return terminal.colour() ? Ansi.ON : Ansi.OFF;
  }

  private static int wrongUse(Terminal terminal, ParameterException error) {
    CommandLine command = error.getCommandLine();
    terminal.err().println("leadgauge: " + choices(error).orElse(firstLine(error) + meant(error)));
    String name = command.getCommandSpec().qualifiedName();
    terminal.err().println("Try '" + name + " --help'.");
    return ExitCode.WRONG_USE;
  }

  /** Returns what could have been chosen, in the words of the help; empty if that is not it. */
  private static Optional<String> choices(ParameterException error) {
    if (!(error.getArgSpec() instanceof OptionSpec option)
        || !option.type().isEnum()
        || !option.paramLabel().contains("|")
        || error.getValue() == null) {
      return Optional.empty();
    }
    String choices = option.paramLabel().replace("|", ", ");
    return Optional.of(
        option.longestName() + " " + error.getValue() + ", expected one of " + choices);
  }

  private static String meant(ParameterException error) {
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    List<String> suggestions = unmatched.getSuggestions();
    return suggestions.isEmpty() ? "" : "; did you mean " + suggestions.getFirst() + "?";
  }

  private static int failed(Terminal terminal, Exception error) {
    if (error instanceof WrongUse) {
      terminal.err().println("leadgauge: " + firstLine(error));
      return ExitCode.WRONG_USE;
    }
    if (error instanceof StoreException && !terminal.environment().containsKey(TRACE)) {
      terminal.err().println("leadgauge: " + firstLine(error));
      return ExitCode.NO;
    }
    terminal.err().println("leadgauge: failed, " + describe(error));
    if (terminal.environment().containsKey(TRACE)) {
      error.printStackTrace(terminal.err());
    } else {
      terminal.err().println("Set " + TRACE + "=1 to see where.");
    }
    return ExitCode.NO;
  }

  private static final String TRACE = "LEADGAUGE_TRACE";

  private static String describe(Exception error) {
    String kind = error.getClass().getSimpleName();
    return error.getMessage() == null ? kind : kind + ": " + firstLine(error);
  }

  private static String firstLine(Exception error) {
    @Nullable String message = error.getMessage();
    return message == null
        ? ""
        : message
            .lines()
            .findFirst()
            .orElse("")
            .replace("Error: Missing required argument(s): ", "what is given goes with ");
  }

  /** Returns which release this is, in words. */
  static String release() {
    @Nullable String version = Main.class.getPackage().getImplementationVersion();
    return "leadgauge " + (version == null ? "(not packaged)" : version);
  }

  /** Tells the version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {release()};
    }
  }
}
