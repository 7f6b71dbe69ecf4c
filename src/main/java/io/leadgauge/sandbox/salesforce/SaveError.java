package io.leadgauge.sandbox.salesforce;

import java.util.List;

/**
 * Why a record cannot be saved.
 *
 * @param code the {@code statusCode} of results, the {@code errorCode} of single calls
 * @param fields what it is about; may be empty
 */
record SaveError(String code, String message, List<String> fields) {

  SaveError {
    fields = List.copyOf(fields);
  }

  static SaveError of(String code, String message, String... fields) {
    return new SaveError(code, message, List.of(fields));
  }

  static SaveError noColumn(String field, String object) {
    return of("INVALID_FIELD", "No such column '" + field + "' on sobject of type " + object);
  }

  static SaveError deleted() {
    return of("ENTITY_IS_DELETED", "entity is deleted");
  }

  static SaveError malformedId(String id) {
    return of("MALFORMED_ID", "malformed id " + id);
  }

  static SaveError noSuchRecord() {
    return of("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  }

  static SaveError convertedLead() {
    return of("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead");
  }

  static SaveError readOnly() {
    return of("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
  }

  static SaveError locked(String id) {
    return of(
        "UNABLE_TO_LOCK_ROW",
        "unable to obtain exclusive access to this record or 1 records: " + id);
  }

  static SaveError rolledBack() {
    return of(
        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
        "Record rolled back because not all records were valid and the request was using AllOrNone"
            + " header");
  }
}
