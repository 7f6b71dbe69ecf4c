package io.leadgauge.bench;

import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * The benchmark: sections one after the other, in each of them floors and the product by turns, so
 * that what else the machine does hits all of them alike. The first round warms up and does not
 * count.
 */
public final class Suite implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Suite.class.getName());
  private static final List<Section> SECTIONS =
      List.of(
          new Section("receive", Receive::measure),
          new Section("end-to-end", EndToEnd::measure),
          new Section("node-red", BesideNodeRed::measure),
          new Section("large", LargeNumbers::measure));

  private final Settings settings;
  private final Clockwork clock;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

  /** One part of the benchmark, in a folder of its own below that of the settings. */
  private interface Measurement {
    void measure(Settings settings, Clockwork clock, Vertx vertx, Report report)
        throws IOException, InterruptedException, SQLException;
  }

  /** A measurement and the name by which it is asked for. */
  private record Section(String name, Measurement measurement) {}

  /**
   * How much is measured.
   *
   * @param folder an empty folder on the disk that is to be measured
   * @param contacts how many contacts the portal has
   * @param rounds how many rounds count
   * @param seconds about how long each measurement of a round takes
   * @param seed what chance hangs on
   */
  public record Settings(Path folder, int contacts, int rounds, double seconds, long seed) {}

  /**
   * What was found.
   *
   * @param machine on what
   * @param figures in the order in which they are read
   * @param gaps what was not measured
   */
  public record Result(Machine machine, List<Figure> figures, List<Gap> gaps) {
    public Result {
      figures = List.copyOf(figures);
      gaps = List.copyOf(gaps);
    }

    /** Tells whether something went wrong. */
    public boolean isFaulty() {
      return gaps.stream().anyMatch(Gap::isFault);
    }
  }

  /** Hears how far a benchmark is. */
  public interface Listener {
    /**
     * Hears what is being done.
     *
     * @param done how many sections are done
     * @param of how many there are
     * @param text what is done now
     */
    void told(int done, int of, String text);
  }

  public Suite(Settings settings, Clockwork clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Returns the names of all sections, in their order. */
  public static List<String> sections() {
    return SECTIONS.stream().map(Section::name).toList();
  }

  /**
   * Measures. What goes wrong in a section ends that section and no other.
   *
   * @param names the sections that are asked for
   */
  public Result run(Set<String> names, Listener listener) throws IOException, InterruptedException {
    List<Section> asked =
        SECTIONS.stream().filter(section -> names.contains(section.name())).toList();
    int[] done = {0};
    Report report = new Report(text -> listener.told(done[0], asked.size(), text));
    Files.createDirectories(settings.folder());
    Machine machine = Machine.look(settings.folder(), clock);
    for (Section section : asked) {
      report.under(section.name());
      try {
        section.measurement().measure(settings, clock, vertx, report);
      } catch (SQLException | IOException | RuntimeException e) {
        LOG.log(Level.DEBUG, section.name(), e);
        report.fail(said(e));
      }
      done[0]++;
    }
    return new Result(machine, report.figures(), report.gaps());
  }

  /** What failed elsewhere comes wrapped, which says nothing to whoever reads it. */
  private static String said(Exception fault) {
    Throwable cause =
        fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** Serves floor A on a port until the process is ended. */
  public static void floorA(Path folder, int port, Clockwork clock)
      throws IOException, InterruptedException {
    Receive.floorA(folder, port, clock, Vertx.vertx());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
