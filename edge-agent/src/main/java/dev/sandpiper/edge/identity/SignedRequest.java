package dev.sandpiper.edge.identity;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A POST signed by a certificate's key, as IAM Roles Anywhere reads it: Signature Version 4 with
/// the certificate in place of an access key.
///
/// @param endpoint scheme, host and, when it is not the scheme's, port
/// @param path begins with a slash
/// @param query names and values, not yet encoded
/// @param region part of what is signed
record SignedRequest(
    URI endpoint, String path, SortedMap<String, String> query, String body, String region) {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String SERVICE = "rolesanywhere";

  /// The request with its signature, ready to be sent.
  Caller.Call sign(DeviceIdentity identity, Instant now) throws GeneralSecurityException {
    String stamp = STAMP.format(now);
    String scope = "%s/%s/%s/aws4_request".formatted(stamp.substring(0, 8), region, SERVICE);
    TreeMap<String, String> headers = headers(identity, stamp);
    String signed = String.join(";", headers.keySet());
    String canonical =
        String.join(
            "\n",
            "POST",
            path,
            queryText(),
            headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining()),
            signed,
            sha256(body.getBytes(StandardCharsets.UTF_8)));
    String algorithm =
        "AWS4-X509-%s-SHA256"
            .formatted(identity.privateKey().getAlgorithm().equals("RSA") ? "RSA" : "ECDSA");
    String toSign =
        String.join(
            "\n", algorithm, stamp, scope, sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    String signature =
        HexFormat.of()
            .formatHex(
                DeviceIdentity.sign(
                    identity.privateKey(), toSign.getBytes(StandardCharsets.UTF_8)));
    headers.remove("host"); // the connection sends it itself, from the address
    headers.put(
        "authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                algorithm, identity.certificate().getSerialNumber(), scope, signed, signature));
    return new Caller.Call(
        URI.create(endpoint + path + "?" + queryText()), Map.copyOf(headers), body);
  }

  private TreeMap<String, String> headers(DeviceIdentity identity, String stamp)
      throws CertificateEncodingException {
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/json");
    headers.put("host", endpoint.getAuthority());
    headers.put("x-amz-date", stamp);
    headers.put("x-amz-x509", base64(identity.certificate()));
    if (!identity.chain().isEmpty()) {
      StringBuilder chain = new StringBuilder();
      for (X509Certificate certificate : identity.chain()) {
        chain.append(chain.isEmpty() ? "" : ",").append(base64(certificate));
      }
      headers.put("x-amz-x509-chain", chain.toString());
    }
    return headers;
  }

  private static String base64(X509Certificate certificate) throws CertificateEncodingException {
    return Base64.getEncoder().encodeToString(certificate.getEncoded());
  }

  private String queryText() {
    return query.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  /// As RFC 3986 has it: everything but letters, digits and `-._~`.
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
