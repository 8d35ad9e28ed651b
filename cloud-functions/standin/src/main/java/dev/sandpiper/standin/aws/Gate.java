package dev.sandpiper.standin.aws;

import dev.sandpiper.standin.aws.fault.Fault;
import dev.sandpiper.standin.aws.fault.Faults;
import dev.sandpiper.standin.aws.fault.RefusedException;
import dev.sandpiper.standin.aws.fault.Service;
import dev.sandpiper.standin.http.Request;
import dev.sandpiper.standin.sqs.SqsClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What every request passes before its service sees it: credentials, clock, and faults.
final class Gate {

  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/\\d{8}/([^/]+)/([^/]+)/aws4_request");
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// S3 allows a quarter of an hour, the other services five minutes.
  private static final Duration S3_SKEW = Duration.ofMinutes(15);

  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Faults faults;
  private final InstantSource clock;

  Gate(Faults faults, InstantSource clock) {
    this.faults = faults;
    this.clock = clock;
  }

  /// AWS's time.
  Instant now() {
    return clock.instant().plus(faults.clockOffset());
  }

  /// Which service is meant, by the signature's scope.
  static Service service(Request request) {
    Matcher credential = CREDENTIAL.matcher(request.header("authorization"));
    if (credential.find()) {
      return switch (credential.group(3)) {
        case "sqs" -> Service.SQS;
        case "lambda" -> Service.LAMBDA;
        default -> Service.S3;
      };
    }
    return request.header("x-amz-target").isEmpty() ? Service.S3 : Service.SQS;
  }

  /// @throws RefusedException when the request goes no further
  void pass(Service service, Request request) throws RefusedException {
    Matcher credential = CREDENTIAL.matcher(request.header("authorization"));
    if (!credential.find()) {
      throw service == Service.S3
          ? new RefusedException(403, "AccessDenied", "Access Denied")
          : new RefusedException(
              403, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }
    if (!credential.group(1).equals(SqsClient.ACCESS_KEY)) {
      proveCredentials(service, credential.group(1));
      proveClock(service, request.header("x-amz-date"));
      provePermission(service);
    }
    if (faults.strikes(service, Fault.THROTTLE)) {
      throw throttled(service);
    }
    if (faults.strikes(service, Fault.SERVER_ERROR)) {
      throw switch (service) {
        case S3 ->
            new RefusedException(
                500, "InternalError", "We encountered an internal error. Please try again.");
        case SQS -> new RefusedException(500, "InternalFailure", "Internal failure");
        case LAMBDA -> new RefusedException(500, "ServiceException", "Internal error");
      };
    }
  }

  private void provePermission(Service service) throws RefusedException {
    if (faults.strikes(service, Fault.DENIED)) {
      throw service == Service.S3
          ? new RefusedException(403, "AccessDenied", "Access Denied")
          : new RefusedException(
              403,
              service == Service.SQS ? "AccessDenied" : "AccessDeniedException",
              "User is not authorized to perform this action");
    }
  }

  private static RefusedException throttled(Service service) {
    return switch (service) {
      case S3 -> new RefusedException(503, "SlowDown", "Please reduce your request rate.");
      case SQS -> new RefusedException(400, "RequestThrottled", "Request is throttled.");
      case LAMBDA -> new RefusedException(429, "TooManyRequestsException", "Rate Exceeded.");
    };
  }

  private void proveCredentials(Service service, String key) throws RefusedException {
    if (faults.isExpired(key) || faults.strikes(service, Fault.EXPIRED_TOKEN)) {
      throw service == Service.S3
          ? new RefusedException(400, "ExpiredToken", "The provided token has expired.")
          : new RefusedException(
              403,
              "ExpiredTokenException",
              "The security token included in the request is expired");
    }
    if (faults.isUnknown(key) || faults.strikes(service, Fault.UNKNOWN_KEY)) {
      throw service == Service.S3
          ? new RefusedException(
              403,
              "InvalidAccessKeyId",
              "The AWS Access Key Id you provided does not exist in our records.")
          : new RefusedException(
              403,
              "UnrecognizedClientException",
              "The security token included in the request is invalid.");
    }
  }

  private void proveClock(Service service, String date) throws RefusedException {
    Instant signed;
    try {
      signed = AMZ_DATE.parse(date, Instant::from);
    } catch (DateTimeParseException _) {
      throw new RefusedException(
          403, "AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
    }
    Duration skew = Duration.between(signed, now()).abs();
    if (service == Service.S3 && skew.compareTo(S3_SKEW) > 0) {
      throw new RefusedException(
          403,
          "RequestTimeTooSkewed",
          "The difference between the request time and the current time is too large.");
    }
    if (service != Service.S3 && skew.compareTo(SKEW) > 0) {
      throw new RefusedException(
          403,
          "InvalidSignatureException",
          signed.isBefore(now())
              ? "Signature expired: "
                  + date
                  + " is now earlier than "
                  + AMZ_DATE.format(now().minus(SKEW))
              : "Signature not yet current: "
                  + date
                  + " is still later than "
                  + AMZ_DATE.format(now().plus(SKEW)));
    }
  }
}
