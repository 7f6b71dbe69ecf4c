package io.leadgauge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with a Dockerfile, rule by rule. */
final class DockerfileLint {
  private static final Pattern PINNED = Pattern.compile("\\S+:\\d+\\.\\d+\\.\\d+\\S*");
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(secret|token|passw|credential|api_?key).*");

  /** An instruction, its continued lines joined. */
  private record Instruction(String keyword, String rest) {
    static Instruction of(String line) {
      String[] parts = line.strip().split("\\s+", 2);
      return new Instruction(parts[0], parts.length == 1 ? "" : parts[1]);
    }
  }

  private final List<Instruction> all;
  private final List<Instruction> lastStage;
  private final List<String> problems = new ArrayList<>();

  private DockerfileLint(String dockerfile) {
    all =
        dockerfile
            .replaceAll("(?m)^\\s*#.*\\R", "")
            .replaceAll("\\\\\\R", " ")
            .lines()
            .filter(line -> !line.isBlank())
            .map(Instruction::of)
            .toList();
    int last = 0;
    for (int i = 0; i < all.size(); i++) {
      last = all.get(i).keyword().equals("FROM") ? i : last;
    }
    lastStage = all.subList(last, all.size());
  }

  /** Returns what is wrong, a line each; nothing when all is well. */
  static List<String> problems(String dockerfile) {
    DockerfileLint lint = new DockerfileLint(dockerfile);
    lint.images();
    lint.sources();
    lint.secrets();
    lint.user();
    lint.process();
    lint.health();
    lint.doors();
    return lint.problems;
  }

  private void images() {
    rests(all, "FROM")
        .map(rest -> rest.split("\\s+", 2)[0])
        .filter(image -> !PINNED.matcher(image).matches())
        .forEach(image -> problems.add(image + ": pin the image to a full version"));
  }

  private void sources() {
    rests(all, "ADD").forEach(rest -> problems.add("ADD " + rest + ": use COPY, fetch nothing"));
    rests(lastStage, "RUN")
        .forEach(rest -> problems.add("RUN " + rest + ": build in the stage that is left behind"));
  }

  private void secrets() {
    Stream.concat(rests(all, "ENV"), rests(all, "ARG"))
        .filter(rest -> SECRET.matcher(rest).matches())
        .forEach(rest -> problems.add(rest + ": a secret would be in the image for good"));
  }

  private void user() {
    String user = last("USER");
    if (!user.matches("[1-9]\\d*:[1-9]\\d*")) {
      problems.add("USER " + user + ": name a user and a group by numbers that are not root's");
    }
  }

  private void process() {
    for (String keyword : List.of("ENTRYPOINT", "CMD")) {
      if (!isExecForm(last(keyword))) {
        problems.add(keyword + ": use the exec form, or a shell gets the signals");
      }
    }
    if (!last("STOPSIGNAL").equals("SIGTERM")) {
      problems.add("STOPSIGNAL: say SIGTERM, which the JVM hears");
    }
  }

  private void health() {
    String check = last("HEALTHCHECK");
    if (!check.contains("--interval=") || !check.contains("--timeout=")) {
      problems.add("HEALTHCHECK: there must be one, with its interval and timeout");
    }
    if (!isExecForm(check.replaceFirst(".*CMD ", ""))) {
      problems.add("HEALTHCHECK: use the exec form");
    }
  }

  private void doors() {
    if (!last("EXPOSE").equals("8080 8081")) {
      problems.add("EXPOSE: the ports are 8080 and 8081");
    }
    String volumes = last("VOLUME");
    if (!volumes.contains("\"/data\"") || !volumes.contains("\"/manifests\"")) {
      problems.add("VOLUME: data and manifests outlive the container");
    }
  }

  private static boolean isExecForm(String rest) {
    return rest.startsWith("[\"") && rest.endsWith("\"]");
  }

  private String last(String keyword) {
    return rests(lastStage, keyword).reduce("", (before, rest) -> rest);
  }

  private static Stream<String> rests(List<Instruction> instructions, String keyword) {
    return instructions.stream()
        .filter(instruction -> instruction.keyword().equals(keyword))
        .map(Instruction::rest);
  }
}
