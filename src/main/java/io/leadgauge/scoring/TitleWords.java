package io.leadgauge.scoring;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The words of job titles in English, German, French, Spanish, and the commonest of Italian,
 * Portuguese and Dutch; in lower case, without accents.
 */
final class TitleWords {
  private static final String C_LEVEL =
      """
      ceo, cto, cfo, coo, cmo, cro, cio, ciso, cso, cpo, chro, cdo, cco, clo, cxo
      chief executive, president, managing director, managing partner, managing owner
      founder, co founder, cofounder, owner, co owner, proprietor
      chairman, chairwoman, chairperson, chair of the board, board member, board of directors
      member of the board, member of the executive board, member of the management board
      geschaftsfuhrer, geschaftsfuhrerin, geschaeftsfuehrer, geschaeftsfuehrerin
      geschaftsfuhrender, geschaftsfuhrende, geschaftsfuhrung, geschaeftsfuehrung, geschaftsleitung
      vorstand, vorstandin, vorstandsvorsitzender, vorstandsvorsitzende, vorstandsmitglied
      vorstandssprecher, prasident, prasidentin, mitglied des vorstands, inhaber, inhaberin, grunder, grunderin
      gruender, gruenderin, mitgrunder, mitgrunderin
      *geschaftsfuhrer, *geschaftsfuhrerin, *vorstand
      directeur general, directrice generale, president directeur general, pdg, presidente
      fondateur, fondatrice, co fondateur, co fondatrice, cofondateur, cofondatrice
      gerant, gerante, proprietaire, membre du comite de direction
      director general, directora general, director ejecutivo, directora ejecutiva
      consejero delegado, consejera delegada, gerente general, fundador, fundadora
      cofundador, cofundadora, propietario, propietaria, dueno, duena
      amministratore delegato, direttore generale, titolare, fondatore, fondatrice
      diretor geral, diretora geral, socio gerente, eigenaar, oprichter, algemeen directeur
      """;

  private static final String VP =
      """
      vp, svp, evp, avp, rvp, v p, vice president
      vize prasident, vize prasidentin, vizeprasident, vizeprasidentin
      vice presidente, vicepresidente, vicepresidenta
      """;

  private static final String DIRECTOR =
      """
      director, head, head of, general manager, chief of staff, dir
      direktor, direktorin, leiter, leiterin, leitung, prokurist, prokuristin
      *leiter, *leiterin, *leitung, *direktor, *direktorin
      directeur, directrice, drh, daf, dsi
      directora, subdirector, subdirectora
      direttore, direttrice, diretor, diretora, hoofd
      """;

  private static final String MANAGER =
      """
      manager, mgr, team lead, team leader, teamlead, supervisor
      managerin, *manager, *managerin, teamleiter, teamleiterin, teamleitung, projektleiter, projektleiterin
      projektleitung, gruppenleiter, gruppenleiterin, filialleiter, filialleiterin
      schichtleiter, schichtleiterin, bauleiter, bauleiterin
      responsable, chef de, chef du, chef des, cheffe de, cheffe du, cheffe des
      gerente, jefe, jefa, encargado, encargada, responsabile
      """;

  /** Phrases that hold a word of rank and have none. */
  private static final String NO_RANK =
      """
      product owner, process owner, data owner, system owner, service owner, risk owner
      head chef, head coach, head hunter, head nurse, head waiter, head teacher
      chef de cuisine, chef de partie, chef de rang, halbleiter, *halbleiter, *begleiter, *begleiterin
      lead generation, lead gen, lead management, senior living, senior care, senior citizen, senior citizens
      junior partner, student advisor, student counselor, graduate recruitment
      company secretary, corporate secretary, secretary general, general secretary, secretary of state
      secretaire general, secretaire generale
      """;

  private static final String SENIOR =
      """
      senior, sr, snr, seniorin, principal, lead, staff engineer, staff software engineer
      staff developer, staff designer, staff scientist
      leitender, leitende
      """;

  /** Ranks of their own, which a higher one outshines: a founder may be a student. */
  private static final String STUDENT =
      """
      student, undergraduate, student assistant, pupil
      *student, *studentin, studierende, studierender, studentisch*, schuler, schulerin
      etudiant, etudiante, estudiante, studente, studentessa, estudante
      """;

  /** Helpers and beginners, whatever rank is named beside them. */
  private static final String HELPER =
      """
      assistant, assistants, secretary, trainee, junior, jr, jnr, entry level, graduate, clerk
      assistent, assistentin, assistenz, *assistent, *assistentin, *assistenz
      sekretar, sekretarin, sekretaerin, sekretariat, *sekretar, *sekretarin, *sekretariat
      volontar, volontarin, berufseinsteiger, berufseinsteigerin, berufsanfanger, berufsanfangerin
      *trainee, juniorin, aushilfe, hilfskraft
      assistante, secretaire, debutant, debutante
      asistente, secretaria, secretario, ayudante, auxiliar
      assistente, segretaria, segretario
      """;

  /** Those who learn beside their work, whatever rank is named with them. */
  private static final String LEARNER =
      """
      intern, interns, internship, apprentice, apprenticeship, working student
      praktikant, praktikantin, *praktikant, *praktikantin, praktikum
      werkstudent, werkstudentin, werkstudierende, werkstudierender, hiwi
      azubi, auszubildende, auszubildender, lehrling, doktorand, doktorandin, masterand, masterandin
      bachelorand, bachelorandin, diplomand, diplomandin
      stagiaire, apprenti, apprentie, alternant, alternante, doctorant, doctorante
      becario, becaria, practicante, aprendiz
      stagista, tirocinante, apprendista, estagiario, estagiaria, stagiair
      """;

  /** An assistant after one of these helps, whatever rank is named next. */
  static final Set<String> OFFICE = words("executive, administrative, personal");

  /** The ranks that an assistant may have: an assistant director, but no assistant CEO. */
  static final Set<Seniority> ASSISTED =
      EnumSet.of(Seniority.VP, Seniority.DIRECTOR, Seniority.MANAGER);

  /** Before a rank: it is held no longer, or not yet. */
  static final Set<String> NOT_NOW =
      words("former, formerly, ex, retired, ehemaliger, ehemalige, ancien, ancienne, aspiring");

  /** After one of these comes the person or the body that someone works for. */
  static final Set<String> OF =
      words(
          """
          to, of, for, des, der, dem, zum, zur, vom, von, fur, du, de, da, do, au, aux, a, al, del
          della, dello, di, van
          """);

  /** Words between one of {@link #OF} and what it governs. */
  static final Set<String> ARTICLES = words("the, our, la, le, les, l, el, los, las, il, den");

  /** What the words of a title tell. */
  static final Phrases<Sense> PHRASES =
      new Phrases<Sense>()
          .add(new Sense(Seniority.C_LEVEL, false), C_LEVEL)
          .add(new Sense(Seniority.VP, false), VP)
          .add(new Sense(Seniority.DIRECTOR, false), DIRECTOR)
          .add(new Sense(Seniority.MANAGER, false), MANAGER)
          .add(new Sense(Seniority.SENIOR, false), SENIOR)
          .add(new Sense(Seniority.STUDENT, false), STUDENT)
          .add(new Sense(Seniority.ENTRY, true), HELPER)
          .add(new Sense(Seniority.STUDENT, true), LEARNER)
          .add(null, NO_RANK);

  private TitleWords() {}

  /**
   * What words of a title tell.
   *
   * @param seniority the rank
   * @param helps whether no other rank in the title counts any more, for it is someone else's or
   *     not reached yet
   */
  record Sense(Seniority seniority, boolean helps) {}

  /** Returns all words by what they tell, always in the same order. */
  static List<Set<String>> tables() {
    return List.of(
        words(C_LEVEL),
        words(VP),
        words(DIRECTOR),
        words(MANAGER),
        words(NO_RANK),
        words(SENIOR),
        words(STUDENT),
        words(HELPER),
        words(LEARNER),
        OFFICE,
        NOT_NOW,
        OF,
        ARTICLES);
  }

  private static Set<String> words(String text) {
    return Phrases.split(text);
  }
}
