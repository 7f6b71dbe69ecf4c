package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTableTest {
  @Test
  void whatIsUnknown_isNoProblem() {
    Finding unknown = Finding.unknown("access", "token", "no answer", "try again");
    Finding problem = Finding.problem("access", "portal", "another", "say which");

    assertThat(FindingsTable.wrong(List.of(unknown))).isEqualTo("1 not known");
    assertThat(FindingsTable.wrong(List.of(problem))).isEqualTo("1 problem");
    assertThat(FindingsTable.wrong(List.of(problem, unknown))).isEqualTo("1 problem, 1 not known");
  }

  @Test
  void area_thatComesTwice_hasOneHeading() {
    List<Finding> findings =
        List.of(
            Finding.ok("read", "title", "is there"),
            Finding.ok("stages", "order", "is the portal's"),
            Finding.ok("read", "task.status", "is there"));

    assertThat(new FindingsTable(findings, 80, false).lines())
        .extracting(line -> line.strip().replaceAll(" {2,}", " "))
        .containsExactly(
            "read",
            "ok title is there",
            "ok task.status is there",
            "stages",
            "ok order is the portal's");
  }
}
