package io.leadgauge.scoring;

import java.util.List;
import java.util.Set;

/**
 * The words of departments in English, German, French, Spanish, and the commonest of Italian,
 * Portuguese and Dutch; in lower case, without accents. Written for the way people fill in forms;
 * reviewed 2026-11-21.
 */
final class DepartmentWords {
  private static final String SALES =
      """
      sales, sale, selling, salesman, salesperson, saleswoman, seller, presales, telesales, inside sales
      business development, biz dev, bizdev, bdr, sdr, account manager, account management
      account executive, account director, key account, key accounts, account management, revenue, revops
      cro, cco, commercial, partnerships, channel manager, channel partner
      vertrieb*, verkauf*, verkaufer*, verkaeufer*, aussendienst*, innendienst*, handelsvertreter*
      gebietsleit*, geschaftsentwick*, geschaeftsentwick*, kundenakquise, keyaccount*
      vente, ventes, vendeur, vendeuse, commerciale, commerciaux, ingenieur d affaires
      charge d affaires, chargee d affaires, grands comptes, compte cle, comptes cles
      developpement des affaires, developpement commercial, technico commercial
      ventas, venta, vendedor, vendedora, comercial, desarrollo de negocio, desarrollo de negocios
      ejecutivo de cuentas, ejecutiva de cuentas, cuentas clave
      vendite, vendita, venditore, venditrice, commerciali, vendas, venda, novos negocios
      verkoop*, verkoper, accountmanager, commercieel
      """;

  private static final String MARKETING =
      """
      marketing*, marketer, cmo, communications, communication, brand, branding, pr, public relations
      advertising, advertisement, content, copywriter, seo, sea, ppc, social media, demand generation
      demand gen, lead generation, lead gen, growth, campaign, campaigns, media buyer, media planner
      market research, market intelligence, product marketing, event manager, events, field marketing
      graphic designer, graphic design, creative director, art director, crm manager, e commerce, ecommerce
      kommunikation*, *kommunikation, werbung, werbeleit*, mediaplan*, presse*, offentlichkeitsarbeit
      oeffentlichkeitsarbeit, marktforsch*, onlinemarketing*, markenmanag*, grafik*, *marketing
      publicite, marque, relations presse, relations publiques, evenementiel, etudes de marche
      mercadotecnia, mercadeo, comunicacion, comunicaciones, publicidad, marca, redes sociales
      investigacion de mercados, investigacion de mercado
      comunicazione, pubblicita, comunicacao, publicidade, communicatie*
      """;

  private static final String IT =
      """
      it, ict, edp, mis, cio, ciso, cdo, information technology, information technologies, technology
      technologies, information systems, systems administrator, system administrator, systems administration
      systems analyst, system analyst, system engineer, systems engineer, sysadmin, network*, infrastructure
      information security, cyber security, cybersecurity, security engineer, security analyst
      helpdesk, help desk, service desk, dba, database*, data analyst, data analytics, data warehouse
      data management, data governance, business intelligence, bi, chief information, chief digital
      chief data, digital transformation, enterprise architect, enterprise architecture, salesforce, sap
      crm administrator, crm admin, cloud administrator, it operations, desktop support, tech support it
      edv*, informatik*, informationstechn*, informationssicher*, informationssystem*, systemadmin*, netzwerk*
      digitalisierung*, datenbank*, rechenzentrum*, anwendungsbetreu*, wirtschaftsinformatik*, fachinformatik*
      itleit*, *informatiker, *informatikerin, *informatik
      informatique, systemes d information, systeme d information, dsi, rssi, technologies de l information
      transformation digitale, transformation numerique, administrateur systeme, administrateur systemes
      administrateur reseau, reseaux
      sistemas, sistemas de informacion, tecnologias de la informacion, tecnologia de la informacion, tecnologia
      tecnologias, informatica, ti, transformacion digital, ciberseguridad, seguridad informatica
      sistemi informativi, tecnologia da informacao, seguranca da informacao, automatisering
      informatiebeveiliging, systeembeheer*
      """;

  private static final String ENGINEERING =
      """
      engineering, engineer, engineers, developer, developers, programmer, development, software*, devops, sre
      cto, chief technology, chief technical, chief engineer, technical director, director of technology
      tech lead, technical lead, software architect, solution architect, solutions architect
      frontend, front end, backend, back end, full stack, fullstack, qa, quality assurance engineer, tester
      product engineer, product engineering, product development, data science, data scientist
      data engineer, data engineering, machine learning, web development, app development
      entwickler*, entwicklung*, *entwickler, *entwicklerin, *entwicklung, ingenieur*, *ingenieur, *ingenieurin
      konstrukt*, programmier*, produktentwick*, technik*, technisch*, techniker*, bauleit*
      developpeur, developpeuse, developpement, ingenierie, technique, bureau d etudes, logiciel
      directeur technique, directrice technique
      ingeniero, ingeniera, ingenieria, desarrollador, desarrolladora, desarrollo, programador, programadora
      director tecnico, directora tecnica, tecnico, tecnica
      ingegnere, ingegneria, sviluppatore, sviluppatrice, sviluppo, direttore tecnico
      engenheiro, engenheira, engenharia, desenvolvedor, desenvolvedora, desenvolvimento
      ontwikkelaar*, ontwikkeling, softwareontwikkel*, technisch directeur
      """;

  private static final String FINANCE =
      """
      finance, finances, financial, cfo, accounting, accountant, accounts payable, accounts receivable, accounts
      controller, controlling, comptroller, treasurer, treasury, tax, taxes, taxation, audit, auditor
      auditing, bookkeeper, bookkeeping, payroll, billing, fp a, investor relations, credit manager
      finanz*, buchhalt*, *buchhalter, *buchhalterin, *buchhaltung, buchfuhr*, buchfuehr*, rechnungswes*
      steuerberat*, steuerfach*, steuern, steuerabteil*, bilanz*, *controller, *controllerin, *controlling
      kaufmannischer leiter, kaufmannische leiterin, kaufmannische leitung, wirtschaftspruf*
      financier, financiere, comptable, comptabilite, controle de gestion, controleur de gestion
      controleuse de gestion, tresorier, tresoriere, tresorerie, daf, raf, fiscalite, administratif et financier
      administrative et financiere
      finanzas, financiero, financiera, contabilidad, contable, contador, contadora, tesoreria, tesorero, tesorera
      auditoria, fiscal, control de gestion
      finanza, finanziario, finanziaria, contabilita, contabile, ragioniere, ragioniera, tesoreria
      controllo di gestione, financas, financeiro, financeira, contabil, financien, financieel, boekhoud*
      """;

  private static final String HR =
      """
      hr, hrbp, hrm, chro, human resources, human resource, human capital, people operations, people ops
      people and culture, people culture, chief people, head of people, vp people, vp of people
      people partner, director of people, people manager, people team, talent, recruiter, recruiting
      recruitment, staffing, talent sourcing, learning and development, learning development
      compensation and benefits, graduate recruitment, employee experience, employer branding
      personal, personalleit*, personalabteil*, personalwes*, personalreferent*, personalentwick*, personalmanag*
      personalchef*, personalberat*, personalverantwort*, personaldirekt*, personalvorst*, personalsach*
      personaldisponent*, personaler*, recruiting*, ausbildungsleit*, *personal
      ressources humaines, rh, drh, rrh, recrutement, recruteur, recruteuse, gestion du personnel
      recursos humanos, rrhh, rr hh, seleccion de personal, reclutamiento, reclutador, reclutadora
      talento humano, capital humano
      risorse umane, gestione del personale, personale, personeelszaken, personeel, personeels*
      """;

  private static final String OPERATIONS =
      """
      operations, operation, operational, ops, coo, chief operating, bizops, logistics, logistic, supply chain
      production, manufacturing, factory, plant manager, plant director, warehouse, warehousing, fulfilment
      fulfillment, facility, facilities, facility management, quality manager, quality management
      quality control, quality, lean manager, shipping, transport, transportation, fleet, scm
      logistik*, produktion*, fertigung*, lager*, betriebsleit*, betrieb, werksleit*, werkleit*, disponent*
      qualitat*, qualitaets*, lieferkette*, instandhalt*, *logistik, supplychain*, montageleit*
      logistique, chaine d approvisionnement, exploitation, qualite, usine, entrepot, operationnel
      operationnelle
      operaciones, logistica, produccion, planta, almacen, cadena de suministro, calidad, fabrica
      operazioni, produzione, stabilimento, magazzino, qualita, operacoes, producao, qualidade
      logistiek*, productie*, magazijn*, operationeel
      """;

  private static final String PROCUREMENT =
      """
      procurement, purchasing, purchaser, purchase, buyer, buyers, sourcing, cpro, vendor management
      supplier management, strategic sourcing, category buyer, category management
      einkauf*, einkaufer*, einkaeufer*, beschaffung*, *einkauf, *einkaufer, *einkauferin, *beschaffung
      achat, achats, acheteur, acheteuse, approvisionnement, approvisionnements
      compras, compra, comprador, compradora, aprovisionamiento, abastecimiento, adquisiciones
      acquisti, approvvigionamento, approvvigionamenti, aprovisionamento, suprimentos, inkoop*, inkoper
      """;

  private static final String LEGAL =
      """
      legal, lawyer, attorney, counsel, general counsel, solicitor, paralegal, compliance, clo, company secretary
      corporate secretary, data protection, privacy, regulatory affairs, contracts manager
      recht, rechts*, jurist*, anwalt, anwaltin, *anwalt, *anwaltin, justiziar*, syndikus*, datenschutz*
      juridique, juriste, avocat, avocate, notaire, conformite, affaires juridiques, dpo
      juridico, juridica, abogado, abogada, asesoria juridica, asuntos legales, cumplimiento
      legale, ufficio legale, avvocato, avvocata, affari legali, advogado, advogada, juridisch*, advocaat
      """;

  private static final String PRODUCT =
      """
      product, products, cpo, product owner, ux, ui, user experience, user research, user researcher
      ux researcher, product design, product designer, product manager, product management
      produkt*, produit, produits, producto, productos, prodotto, prodotti, produto, produtos
      productmanag*
      """;

  private static final String SUPPORT =
      """
      support, customer support, customer service, customer services, customer success, customer care
      customer experience, client services, client service, client success, chief customer, after sales
      aftersales, call center, contact center, call centre, contact centre, field service, technical support
      product support, sales support engineer, onboarding, student success, student services
      kundenservice*, kundenbetreu*, kundendienst*, kundensupport*, kundenerfolg*, kundenzufrieden*
      servicetechnik*, serviceleit*, servicetechniker*, *support
      service client, service clients, relation client, relations clients, experience client, support technique
      service apres vente, sav, assistance technique
      atencion al cliente, servicio al cliente, soporte, soporte tecnico, exito del cliente, postventa
      experiencia del cliente, servicio tecnico
      servizio clienti, assistenza clienti, assistenza tecnica, supporto, atendimento ao cliente, suporte
      sucesso do cliente, apoio ao cliente, atendimento, klantenservice*, klantenondersteun*
      """;

  private static final String RESEARCH =
      """
      research, researcher, researchers, scientist, scientific, r d, rd, r and d, research and development
      professor, postdoc, postdoctoral, phd candidate, phd student, laboratory, lab manager, clinical research
      forschung*, forscher*, f e, f und e, wissenschaft*, labor, laborleit*, doktorand*, professorin, *forschung
      recherche, chercheur, chercheuse, scientifique, r et d, recherche et developpement, doctorant, doctorante
      professeur
      investigacion, investigador, investigadora, cientifico, cientifica, i d, i mas d, laboratorio, profesor
      profesora, catedratico, catedratica
      ricerca, ricercatore, ricercatrice, ricerca e sviluppo, pesquisa, pesquisador, pesquisadora, professore
      professoressa, onderzoek*, onderzoeker
      """;

  /** Phrases that hold a word of a department and name none. */
  private static final String NONE =
      """
      personal assistant, personal trainer, personal shopper, personal banker, personal injury
      personal coach, chief of staff, commercial vehicle, commercial vehicles, commercial real estate
      general product, community development, personal development, leadership development
      organizational development, organisationsentwicklung*, stadtentwicklung*
      """;

  private static final String AT_THE_TOP =
      """
      general management, general manager, executive management, senior management, top management
      c suite, c level, executive team, executive office, board, executive committee, chief of staff
      gf, geschaftsfuhr*, geschaeftsfuehr*, geschaftsleit*, geschaeftsleit*, unternehmensleit*
      unternehmensfuhr*, betriebsinhaber*
      direction generale, comite de direction, comite executif, codir, comex
      direccion general, gerencia general, comite de direccion, direzione generale, direcao geral, diretoria
      directie
      """;

  /** What departments are called. */
  static final Phrases<Department> PHRASES =
      new Phrases<Department>()
          .add(Department.SALES, SALES)
          .add(Department.MARKETING, MARKETING)
          .add(Department.IT, IT)
          .add(Department.ENGINEERING, ENGINEERING)
          .add(Department.FINANCE, FINANCE)
          .add(Department.HR, HR)
          .add(Department.OPERATIONS, OPERATIONS)
          .add(Department.PROCUREMENT, PROCUREMENT)
          .add(Department.LEGAL, LEGAL)
          .add(Department.PRODUCT, PRODUCT)
          .add(Department.SUPPORT, SUPPORT)
          .add(Department.RESEARCH, RESEARCH)
          .add(null, NONE);

  /** What the management of a whole company is called, beside the titles at the top. */
  static final Phrases<Department> GENERAL =
      new Phrases<Department>().add(Department.GENERAL_MANAGEMENT, AT_THE_TOP);

  /** What it is called where nothing else stands beside it. */
  static final Set<String> GENERAL_ALONE =
      Phrases.split(
          """
          management, executive, executives, leadership, leitung, fuhrung, direction, direccion, gerencia
          direzione, direcao
          """);

  private DepartmentWords() {}

  /** Returns all words by what they tell, always in the same order. */
  static List<Set<String>> tables() {
    return List.of(
        Phrases.split(SALES),
        Phrases.split(MARKETING),
        Phrases.split(IT),
        Phrases.split(ENGINEERING),
        Phrases.split(FINANCE),
        Phrases.split(HR),
        Phrases.split(OPERATIONS),
        Phrases.split(PROCUREMENT),
        Phrases.split(LEGAL),
        Phrases.split(PRODUCT),
        Phrases.split(SUPPORT),
        Phrases.split(RESEARCH),
        Phrases.split(NONE),
        Phrases.split(AT_THE_TOP),
        GENERAL_ALONE);
  }
}
