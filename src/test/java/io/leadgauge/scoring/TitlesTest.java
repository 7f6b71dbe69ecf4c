package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
        "Senior Consultant",
        "Sr. Software Engineer",
        "Lead Developer",
        "Principal Engineer",
        "Staff Engineer",
        "Senior-Entwicklerin",
        "Leitender Ingenieur",
        "Consultant sénior",
        "Ingeniero Senior",
        "Sviluppatore senior",
      })
  void title_ofLongPractice_isSenior(String title) {
    assertThat(Titles.seniority(title)).isEqualTo(Seniority.SENIOR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Assistant to the CEO",
        "Executive Assistant, Office of the CEO",
        "Senior Executive Assistant",
        "CEO Assistant",
        "Assistant CEO",
        "Personal Assistant Director",
        "Junior Developer",
        "Jr. Account Manager",
        "Management Trainee",
        "Graduate Engineer",
        "Assistenz der Geschäftsführung",
        "Vorstandsassistentin",
        "Teamassistenz",
        "Sekretärin des Vorstands",
        "Volontärin",
        "Assistante du directeur général",
        "Secrétaire de direction",
        "Asistente del Director General",
        "Auxiliar administrativo",
        "Assistente di direzione",
        "Directieassistent",
      })
  void title_atTheStartOrHelping_isEntry(String title) {
    assertThat(Titles.seniority(title)).isEqualTo(Seniority.ENTRY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Student",
        "Student assistant",
        "Assistant (working student)",
        "Marketing Director Intern",
        "Sales Internship",
        "Apprentice",
        "Werkstudent Geschäftsführung",
        "Werkstudentin Marketing",
        "Jurastudent",
        "Studentische Hilfskraft",
        "Praktikant im Vertrieb",
        "Auszubildende zur Industriekauffrau",
        "Azubi",
        "Doktorandin",
        "Stagiaire directeur",
        "Apprentie comptable",
        "Étudiante",
        "Becario de marketing",
        "Estudiante de Derecho",
        "Tirocinante",
        "Estagiária",
        "Stagiair",
      })
  void title_ofALearner_isStudent(String title) {
    assertThat(Titles.seniority(title)).isEqualTo(Seniority.STUDENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Founder, student at night|C_LEVEL",
        "Senior Manager|MANAGER",
        "Director of Student Affairs|DIRECTOR",
        "Student Success Manager|MANAGER",
        "Graduate Recruitment Manager|MANAGER",
        "Head of the Secretariat|DIRECTOR",
        "Leiterin der Assistenz|DIRECTOR",
        "Lead Generation Manager|MANAGER",
        "Assistant Vice President|VP",
        "Former intern, now Director|DIRECTOR",
      })
  void title_withWordsOfLowerRank_keepsItsOwn(String title, Seniority expected) {
    assertThat(Titles.seniority(title)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Business Partner to the CFO",
        "Former CEO",
        "ex-CEO",
        "Product Owner",
        "Scrum Product Owner",
        "Head Chef",
        "Chef",
        "Chief Engineer",
        "Company Secretary",
        "Zugbegleiter",
        "Ingenieur Halbleiter",
        "Adjoint au directeur",
        "Software Engineer",
        "Lead Generation",
        "Sales",
        "",
        "***",
      })
  void title_ofSomeoneElse_hasNoSeniority(String title) {
    assertThat(Titles.seniority(title)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void seniority_byItsWord_isFound(Seniority seniority) {
    assertThat(Seniority.ofWord(seniority.word())).contains(seniority);
  }
}
