package io.leadgauge.crm;

/**
 * The certificate that a client must have shown to the proxy in front of us, which has checked it
 * and passes on whose it is.
 *
 * @param header the header in which the proxy passes on the subject; the proxy must take out what a
 *     client has put there itself
 * @param subject the subject as the proxy writes it; authorities and keys change, subjects stay
 */
public record ClientCertificate(String header, String subject) {}
