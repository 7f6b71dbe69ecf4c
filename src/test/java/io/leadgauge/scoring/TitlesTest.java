package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TitlesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CEO",
        "C.E.O.",
        "Chief Revenue Officer",
        "Chief Information Security Officer",
        "chief executive",
        "CTO & Co-Founder",
        "Founder",
        "Owner",
        "President and CEO",
        "Managing Director",
        "Member of the Board",
        "Head of Sales and CEO",
        "CEO, former Director at Example",
        "Geschäftsführer",
        "Geschaeftsfuehrerin",
        "GESCHÄFTSFÜHRENDER GESELLSCHAFTER",
        "Mitglied der Geschäftsleitung",
        "Vorstandsvorsitzende",
        "Finanzvorstand",
        "Inhaberin",
        "Président-Directeur général",
        "Directrice générale",
        "PDG",
        "Gérant",
        "Membre du comité de direction",
        "Director General",
        "Consejera delegada",
        "Socio fundador",
        "Amministratore delegato",
      })
  void title_atTheTop_isCLevel(String title) {
    assertThat(Titles.seniority(title)).isEqualTo(Seniority.C_LEVEL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VP Sales",
        "V.P. Sales",
        "Vice President",
        "Vice-President, Marketing",
        "Senior Vice President of Engineering",
        "SVP Product",
        "Regional VP / EMEA",
        "Assistant Vice President",
        "VP, Office of the CTO",
        "Vizepräsidentin Vertrieb",
        "Vice-présidente",
        "Vicepresidente de Ventas",
      })
  void title_belowTheTop_isVp(String title) {
    assertThat(Titles.seniority(title)).isEqualTo(Seniority.VP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Director",
        "Sales Director",
        "Director of Marketing",
        "Senior Director, RevOps",
        "Assistant Director",
        "Head of Sales",
        "Global Head, Partnerships",
        "Chief of Staff to the CEO",
        "General Manager",
        "Vertriebsleiter",
        "Leiterin Marketing",
        "Leitung Einkauf",
        "Kaufmännischer Leiter",
        "Abteilungsleiter Einkauf",
        "Prokurist",
        "Directeur des ventes",
        "Directrice Marketing",
        "Director de Operaciones",
        "Directora Comercial",
        "Direttore vendite",
      })
  void title_ofADepartment_isDirector(String title) {
    assertThat(Titles.seniority(title)).isEqualTo(Seniority.DIRECTOR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Manager",
        "Product Manager",
        "Assistant Manager to the Managing Director",
        "Team Lead Support",
        "Projektleiter",
        "Teamleiterin",
        "Produktmanagerin",
        "Responsable marketing",
        "Chef de projet",
        "Jefa de Ventas",
        "Gerente de Marketing",
      })
  void title_ofATeam_isManager(String title) {
    assertThat(Titles.seniority(title)).isEqualTo(Seniority.MANAGER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Assistant to the CEO",
        "Executive Assistant, Office of the CEO",
        "CEO Assistant",
        "Assistant CEO",
        "Personal Assistant Director",
        "Marketing Director Intern",
        "Business Partner to the CFO",
        "Former CEO",
        "ex-CEO",
        "Product Owner",
        "Scrum Product Owner",
        "Head Chef",
        "Chef",
        "Chief Engineer",
        "Assistenz der Geschäftsführung",
        "Vorstandsassistentin",
        "Werkstudent Geschäftsführung",
        "Zugbegleiter",
        "Ingenieur Halbleiter",
        "Assistante du directeur général",
        "Adjoint au directeur",
        "Asistente del Director General",
        "Stagiaire directeur",
        "Software Engineer",
        "Student",
        "Sales",
        "",
        "***",
      })
  void title_ofSomeoneElse_hasNoSeniority(String title) {
    assertThat(Titles.seniority(title)).isNull();
  }
}
