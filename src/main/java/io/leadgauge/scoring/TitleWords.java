package io.leadgauge.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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
      directeur, directrice, drh, daf, dsi
      directora, subdirector, subdirectora
      direttore, direttrice, diretor, diretora, hoofd
      """;

  private static final String MANAGER =
      """
      manager, mgr, team lead, team leader, teamlead, supervisor
      managerin, teamleiter, teamleiterin, teamleitung, projektleiter, projektleiterin
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
      chef de cuisine, chef de partie, chef de rang, halbleiter
      """;

  /** The words for people who help someone of rank, or learn. */
  private static final Set<String> HELPERS =
      words(
          """
          assistant, assistants, secretary, intern, trainee, apprentice
          assistent, assistentin, assistenz, sekretar, sekretarin, sekretaerin, sekretariat
          praktikant, praktikantin, werkstudent, werkstudentin
          azubi, auszubildende, auszubildender
          assistante, secretaire, stagiaire, apprenti, apprentie, alternant, alternante
          asistente, secretaria, secretario, becario, becaria, ayudante
          assistente, segretaria, segretario, stagista, estagiario, estagiaria, stagiair
          """);

  /** An assistant after one of these helps, whatever rank is named next. */
  static final Set<String> OFFICE = words("executive, administrative, personal");

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

  /** Endings of German compounds, with what they mean. */
  static final Map<String, Seniority> ENDINGS =
      new TreeMap<>(
          Map.of(
              "leiter", Seniority.DIRECTOR,
              "leiterin", Seniority.DIRECTOR,
              "leitung", Seniority.DIRECTOR,
              "direktor", Seniority.DIRECTOR,
              "direktorin", Seniority.DIRECTOR,
              "manager", Seniority.MANAGER,
              "managerin", Seniority.MANAGER,
              "geschaftsfuhrer", Seniority.C_LEVEL,
              "geschaftsfuhrerin", Seniority.C_LEVEL,
              "vorstand", Seniority.C_LEVEL));

  private static final Set<String> HELPER_ENDINGS =
      words("assistent, assistentin, assistenz, sekretar, sekretarin");

  /** The phrases by their first word, longest first. */
  private static final Map<String, List<Phrase>> PHRASES = phrases();

  private TitleWords() {}

  /**
   * Words that tell a rank.
   *
   * @param words in order
   * @param seniority the rank; null if they only look like one
   */
  record Phrase(List<String> words, @Nullable Seniority seniority) {}

  /** Returns the longest phrase that starts at a word of a title; null for none. */
  static @Nullable Phrase phrase(List<String> title, int at) {
    for (Phrase phrase : PHRASES.getOrDefault(title.get(at), List.of())) {
      int end = at + phrase.words.size();
      if (end <= title.size() && title.subList(at, end).equals(phrase.words)) {
        return phrase;
      }
    }
    return null;
  }

  /** Tells whether a word stands for someone who helps or learns. */
  static boolean isHelper(String word) {
    return HELPERS.contains(word) || HELPER_ENDINGS.stream().anyMatch(word::endsWith);
  }

  private static Map<String, List<Phrase>> phrases() {
    Map<String, List<Phrase>> phrases = new HashMap<>();
    add(phrases, C_LEVEL, Seniority.C_LEVEL);
    add(phrases, VP, Seniority.VP);
    add(phrases, DIRECTOR, Seniority.DIRECTOR);
    add(phrases, MANAGER, Seniority.MANAGER);
    add(phrases, NO_RANK, null);
    phrases.values().forEach(TitleWords::sortLongestFirst);
    return phrases;
  }

  private static void add(
      Map<String, List<Phrase>> phrases, String text, @Nullable Seniority seniority) {
    for (String phrase : words(text)) {
      List<String> words = List.of(phrase.split(" ", -1));
      phrases
          .computeIfAbsent(words.getFirst(), first -> new ArrayList<>())
          .add(new Phrase(words, seniority));
    }
  }

  private static void sortLongestFirst(List<Phrase> phrases) {
    phrases.sort((one, other) -> other.words.size() - one.words.size());
  }

  private static Set<String> words(String text) {
    return Set.copyOf(Arrays.asList(text.strip().split("\\s*[,\\n]\\s*", -1)));
  }
}
