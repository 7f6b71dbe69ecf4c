package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DepartmentsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "VP Sales|SALES",
        "Sales and Marketing Director|SALES",
        "Account Executive|SALES",
        "Key Account Manager|SALES",
        "Head of Business Development|SALES",
        "Chief Revenue Officer|SALES",
        "RevOps Lead|SALES",
        "Sales Engineer|SALES",
        "SDR|SALES",
        "CMO|MARKETING",
        "Marketing Operations Manager|MARKETING",
        "Head of Communications|MARKETING",
        "SEO Specialist|MARKETING",
        "Product Marketing Manager|MARKETING",
        "Director, Demand Generation|MARKETING",
        "IT Manager|IT",
        "IT Procurement Manager|IT",
        "CIO|IT",
        "Chief Information Security Officer|IT",
        "System Administrator|IT",
        "Information Technology|IT",
        "Software Engineer|ENGINEERING",
        "Head of Engineering|ENGINEERING",
        "CTO & Co-Founder|ENGINEERING",
        "Chief Technology Officer|ENGINEERING",
        "DevOps Engineer|ENGINEERING",
        "Full-Stack Developer|ENGINEERING",
        "QA Lead|ENGINEERING",
        "CFO|FINANCE",
        "Chief Financial Officer|FINANCE",
        "Financial Controller|FINANCE",
        "Senior Accountant|FINANCE",
        "Accounts Payable Clerk|FINANCE",
        "FP&A Manager|FINANCE",
        "HR|HR",
        "HR Business Partner|HR",
        "Human Resources|HR",
        "Talent Acquisition Specialist|HR",
        "Chief People Officer|HR",
        "VP People & Culture|HR",
        "Technical Recruiter|HR",
        "COO|OPERATIONS",
        "Operations Manager|OPERATIONS",
        "Supply Chain Director|OPERATIONS",
        "Plant Manager|OPERATIONS",
        "Logistics Coordinator|OPERATIONS",
        "Procurement Manager|PROCUREMENT",
        "Head of Purchasing|PROCUREMENT",
        "Senior Buyer|PROCUREMENT",
        "General Counsel|LEGAL",
        "Legal|LEGAL",
        "Compliance Officer|LEGAL",
        "Attorney at Law|LEGAL",
        "Product Manager|PRODUCT",
        "Product Owner|PRODUCT",
        "UX Designer|PRODUCT",
        "CPO|PRODUCT",
        "Customer Success Manager|SUPPORT",
        "Support Engineer|SUPPORT",
        "Customer Service|SUPPORT",
        "Product Support Specialist|SUPPORT",
        "R&D Director|RESEARCH",
        "Research Scientist|RESEARCH",
        "Professor of Physics|RESEARCH",
        "CEO|GENERAL_MANAGEMENT",
        "Managing Director|GENERAL_MANAGEMENT",
        "Owner|GENERAL_MANAGEMENT",
        "General Manager|GENERAL_MANAGEMENT",
        "Management|GENERAL_MANAGEMENT",
        "C-Suite|GENERAL_MANAGEMENT",
        "Managing Director Finance|FINANCE",
        "Former Sales Manager, now HR|HR",
      })
  void english_title_tellsItsDepartment(String title, Department expected) {
    assertThat(Departments.of(title)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Vertriebsleiter|SALES",
        "Leiter Vertrieb & Marketing|SALES",
        "Vertriebsingenieurin|SALES",
        "Außendienstmitarbeiter|SALES",
        "Verkäuferin|SALES",
        "Geschäftsentwicklung|SALES",
        "Marketingleiterin|MARKETING",
        "Leiter Unternehmenskommunikation|MARKETING",
        "Pressesprecherin|MARKETING",
        "Öffentlichkeitsarbeit|MARKETING",
        "Leiter IT|IT",
        "IT-Leiter|IT",
        "Leiter EDV|IT",
        "Informatiker|IT",
        "Systemadministrator|IT",
        "Softwareentwickler|ENGINEERING",
        "Technischer Leiter|ENGINEERING",
        "Entwicklungsleiter|ENGINEERING",
        "Bauingenieur|ENGINEERING",
        "Produktentwicklung|ENGINEERING",
        "Buchhalterin|FINANCE",
        "Finanzvorstand|FINANCE",
        "Leiter Rechnungswesen|FINANCE",
        "Kaufmännischer Leiter|FINANCE",
        "Personalleiter|HR",
        "Leiter Personal|HR",
        "Personalreferentin|HR",
        "Personalentwicklung|HR",
        "Betriebsleiter|OPERATIONS",
        "Produktionsleiter|OPERATIONS",
        "Lagerlogistik|OPERATIONS",
        "Qualitätsmanager|OPERATIONS",
        "Einkaufsleiter|PROCUREMENT",
        "Strategische Einkäuferin|PROCUREMENT",
        "Beschaffung|PROCUREMENT",
        "Rechtsanwältin|LEGAL",
        "Syndikusrechtsanwalt|LEGAL",
        "Datenschutzbeauftragter|LEGAL",
        "Produktmanagerin|PRODUCT",
        "Kundenservice|SUPPORT",
        "Leiter Kundenbetreuung|SUPPORT",
        "Forschung & Entwicklung|RESEARCH",
        "F&E-Leiter|RESEARCH",
        "Wissenschaftlicher Mitarbeiter|RESEARCH",
        "Geschäftsführer|GENERAL_MANAGEMENT",
        "Geschaeftsleitung|GENERAL_MANAGEMENT",
        "Vorstand|GENERAL_MANAGEMENT",
        "GF|GENERAL_MANAGEMENT",
        "Geschäftsführer Vertrieb|SALES",
      })
  void german_title_tellsItsDepartment(String title, Department expected) {
    assertThat(Departments.of(title)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Directeur des ventes|SALES",
        "Directrice commerciale|SALES",
        "Ingénieur d'affaires|SALES",
        "Chargée de communication|MARKETING",
        "Responsable marketing|MARKETING",
        "Directeur des systèmes d'information|IT",
        "DSI|IT",
        "Informatique|IT",
        "Développeur web|ENGINEERING",
        "Directeur technique|ENGINEERING",
        "Ingénieure logiciel|ENGINEERING",
        "Directeur administratif et financier|FINANCE",
        "Chef comptable|FINANCE",
        "Contrôleur de gestion|FINANCE",
        "DRH|HR",
        "Ressources humaines|HR",
        "Chargé de recrutement|HR",
        "Responsable logistique|OPERATIONS",
        "Directeur d'usine|OPERATIONS",
        "Directeur des achats|PROCUREMENT",
        "Acheteuse|PROCUREMENT",
        "Directeur juridique|LEGAL",
        "Avocate|LEGAL",
        "Chef de produit|PRODUCT",
        "Service client|SUPPORT",
        "Recherche et développement|RESEARCH",
        "Chercheuse|RESEARCH",
        "PDG|GENERAL_MANAGEMENT",
        "Direction générale|GENERAL_MANAGEMENT",
      })
  void french_title_tellsItsDepartment(String title, Department expected) {
    assertThat(Departments.of(title)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Director de Ventas|SALES",
        "Directora Comercial|SALES",
        "Jefe de Comunicación|MARKETING",
        "Publicidad|MARKETING",
        "Director de Sistemas|IT",
        "Responsable de TI|IT",
        "Ingeniera de proyectos|ENGINEERING",
        "Desarrollador|ENGINEERING",
        "Director Financiero|FINANCE",
        "Contabilidad|FINANCE",
        "Recursos Humanos|HR",
        "RR.HH.|HR",
        "Jefe de Personal|HR",
        "Director de Operaciones|OPERATIONS",
        "Logística|OPERATIONS",
        "Jefa de Compras|PROCUREMENT",
        "Abogada|LEGAL",
        "Asesoría Jurídica|LEGAL",
        "Gerente de Producto|PRODUCT",
        "Atención al Cliente|SUPPORT",
        "Soporte técnico|SUPPORT",
        "Investigador|RESEARCH",
        "I+D|RESEARCH",
        "Director General|GENERAL_MANAGEMENT",
        "Gerencia General|GENERAL_MANAGEMENT",
      })
  void spanish_title_tellsItsDepartment(String title, Department expected) {
    assertThat(Departments.of(title)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Direttore vendite|SALES",
        "Responsabile commerciale|SALES",
        "Diretor de vendas|SALES",
        "Verkoopleider|SALES",
        "Comunicazione|MARKETING",
        "Sistemi informativi|IT",
        "Systeembeheerder|IT",
        "Ingegnere|ENGINEERING",
        "Engenheiro|ENGINEERING",
        "Softwareontwikkelaar|ENGINEERING",
        "Ragioniere|FINANCE",
        "Diretor financeiro|FINANCE",
        "Boekhouder|FINANCE",
        "Risorse umane|HR",
        "Personeelszaken|HR",
        "Direttore di produzione|OPERATIONS",
        "Operações|OPERATIONS",
        "Magazijnmedewerker|OPERATIONS",
        "Ufficio acquisti|PROCUREMENT",
        "Inkoopmanager|PROCUREMENT",
        "Avvocato|LEGAL",
        "Juridisch adviseur|LEGAL",
        "Assistenza clienti|SUPPORT",
        "Klantenservice|SUPPORT",
        "Ricercatrice|RESEARCH",
        "Amministratore delegato|GENERAL_MANAGEMENT",
        "Algemeen directeur|GENERAL_MANAGEMENT",
      })
  void otherLanguage_title_tellsItsDepartment(String title, Department expected) {
    assertThat(Departments.of(title)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "***",
        "Assistant to the CEO",
        "Assistenz der Geschäftsführung",
        "Personal Assistant",
        "Former CEO",
        "ex-Sales",
        "Project Manager",
        "Consultant",
        "Chef de projet",
        "Student",
        "Project Management",
        "Teamleiter",
      })
  void title_withoutADepartment_tellsNone(String title) {
    assertThat(Departments.of(title)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void department_byItsWord_isFound(Department department) {
    assertThat(Department.ofWord(department.word())).contains(department);
    assertThat(Departments.of(department.word())).isEqualTo(department);
  }

  @Test
  void phrase_withTwoMeanings_isRefused() {
    Phrases<Department> phrases =
        new Phrases<Department>().add(Department.SALES, "key account, a*");
    assertThatThrownBy(() -> phrases.add(Department.HR, "key account"))
        .hasMessageContaining("two meanings of [key, account]");
    assertThatThrownBy(() -> phrases.add(Department.HR, "a*")).hasMessageContaining("[a*]");
  }
}
