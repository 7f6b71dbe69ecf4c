package io.leadgauge.replay;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a field of a delivery may hold, by its name alone; how its value is replaced follows from
 * that. Names are compared without case, without {@code _}, {@code -} and spaces, and without the
 * {@code __c} of Salesforce's own fields.
 */
enum FieldKind {
  /** Says what an event is, when and where: stays as it is. */
  ENVELOPE,
  /** Describes nobody in particular: stays, but for addresses and long numbers in it. */
  PLAIN,
  /** The id of a record, or what a sender calls somebody or something. */
  ID,
  /** The name of a person or a company. */
  NAME,
  /** A number by which somebody is called. */
  PHONE,
  /** A domain, or the address of a website. */
  DOMAIN,
  /** The address of a page: its path stays, for rules read it. */
  PAGE,
  /** What tells of a person whatever it looks like: replaced, numbers and dates too. */
  PERSONAL,
  /** Anything: what is plainly no text, and no long number, stays. */
  OTHER;

  private static final Pattern FILLERS = Pattern.compile("__c$|[_\\s-]");

  private static final Set<String> ENVELOPES =
      Set.of(
          "subscriptiontype",
          "eventtype",
          "eventid",
          "subscriptionid",
          "portalid",
          "appid",
          "occurredat",
          "attemptnumber",
          "objecttypeid",
          "propertyname",
          "issensitive",
          "changeflag",
          "changesource",
          "associationtype",
          "associationcategory",
          "associationtypeid",
          "fromobjecttypeid",
          "toobjecttypeid",
          "associationremoved",
          "isprimaryassociation",
          "messagetype",
          "entityname",
          "changetype",
          "changeorigin",
          "transactionkey",
          "sequencenumber",
          "committimestamp",
          "commitnumber",
          "changedfields",
          "nulledfields",
          "difffields",
          "schema",
          "schemaid",
          "replayid",
          "detailtype",
          "resources",
          "organizationid",
          "systemmodstamp",
          "lastmodifieddate",
          "createddate",
          "object",
          "objecttype",
          "activity",
          "type",
          "at",
          "timestamp",
          "time",
          "version",
          "sourcetype");

  private static final Set<String> PLAINS =
      Set.of(
          "source",
          "sourceid",
          "sourcelabel",
          "lifecyclestage",
          "hsleadstatus",
          "leadstatus",
          "status",
          "stage",
          "rating",
          "leadsource",
          "leadorigin",
          "originalsource",
          "hsanalyticssource",
          "hslatestsource",
          "jobtitle",
          "title",
          "seniority",
          "jobfunction",
          "department",
          "role",
          "hsrole",
          "hsseniority",
          "hspersona",
          "industry",
          "numberofemployees",
          "numemployees",
          "annualrevenue",
          "employees",
          "country",
          "countrycode",
          "hscountryregioncode",
          "mailingcountry",
          "billingcountry",
          "state",
          "statecode",
          "hsstatecode",
          "mailingstate",
          "billingstate",
          "region",
          "continent",
          "currency",
          "currencyisocode",
          "language",
          "hslanguage",
          "locale",
          "timezone",
          "hstimezone",
          "category",
          "plan",
          "product",
          "productname",
          "sku",
          "price",
          "amount",
          "quantity",
          "total",
          "channel",
          "medium",
          "campaign",
          "campaignname",
          "utmsource",
          "utmmedium",
          "utmcampaign",
          "form",
          "formname",
          "formtitle",
          "event",
          "eventname",
          "outcome",
          "hsmeetingoutcome",
          "hsactivitytype",
          "hsmeetingtype",
          "recordtype",
          "webinar",
          "method",
          "device",
          "browser",
          "os",
          "platform");

  private static final Set<String> PAGES =
      Set.of("url", "pageurl", "path", "page", "landingpage", "referrer", "referer", "location");

  private static final Set<String> DOMAINS =
      Set.of("domain", "website", "hsemaildomain", "emaildomain", "companydomain");

  /** Whose name this is a part of is told even by a number, a date or a word. */
  private static final Pattern PERSONALS =
      Pattern.compile(
          "birth|dob$|ssn|passport|nation(al|ality)|taxid|vatid|vatnumber|iban|creditcard|"
              + "cardnumber|accountnumber|insurance|salary|latitude|longitude|geoloc|^lat$|^l(on|ng)$|"
              + "ipaddress|^ip$|ipcity|zip|postal|postcode|street|address|city|gender|religion|"
              + "health|token|secret|password|cookie|socialsecurity");

  private static final Pattern PHONES = Pattern.compile("phone|mobile|fax|whatsapp|^tel$|^cell$");

  private static final Pattern NAMES =
      Pattern.compile("name$|^company$|^salutation$|^author$|^owner$|by$|^suffix$|^nick|^contact$");

  /**
   * Returns what a field may hold.
   *
   * @param stays names that stay besides the ones that always do, in plain form
   * @param goes names that do not stay although they would, in plain form
   */
  static FieldKind of(String name, Set<String> stays, Set<String> goes) {
    String plain = plain(name);
    if (goes.contains(plain)) {
      return PERSONAL;
    }
    if (stays.contains(plain) || PLAINS.contains(plain)) {
      return PLAIN;
    }
    if (ENVELOPES.contains(plain)) {
      return ENVELOPE;
    }
    if (PAGES.contains(plain)) {
      return PAGE;
    }
    if (DOMAINS.contains(plain)) {
      return DOMAIN;
    }
    if (PERSONALS.matcher(plain).find()) {
      return PERSONAL;
    }
    if (PHONES.matcher(plain).find()) {
      return PHONE;
    }
    if (plain.endsWith("id")
        || plain.endsWith("ids")
        || plain.equals("vid")
        || plain.equals("commituser")) {
      return ID;
    }
    return NAMES.matcher(plain).find() ? NAME : OTHER;
  }

  /** Returns a name as names are compared. */
  static String plain(String name) {
    return FILLERS.matcher(name.strip().toLowerCase(Locale.ROOT)).replaceAll("");
  }
}
