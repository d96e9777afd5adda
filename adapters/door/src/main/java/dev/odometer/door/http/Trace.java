package dev.odometer.door.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The request id and the trace context of a request, see https://www.w3.org/TR/trace-context/. While it is open, the
 * logging context (MDC) of its thread contains them.
 */
record Trace(String requestId, String traceId, String spanId) implements AutoCloseable {

    private static final Pattern REQUEST_ID = Pattern.compile("[\\x21-\\x7e&&[^\"'\\\\]]{1,128}+");
    /** Versions after 00 may have more fields after a dash; version ff is invalid. */
    private static final Pattern PARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    /** Not a seeded generator: processes that are restored from one snapshot would generate the same ids. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    static Trace open(Headers headers) {
        var trace = new Trace(
                headers.first("X-Request-Id")
                        .filter(id -> REQUEST_ID.matcher(id).matches())
                        .orElseGet(() -> random(TRACE_BYTES)),
                headers.first("traceparent").flatMap(Trace::parent).orElseGet(() -> random(TRACE_BYTES)),
                random(SPAN_BYTES));
        MDC.put("requestId", trace.requestId);
        MDC.put("traceId", trace.traceId);
        MDC.put("spanId", trace.spanId);
        return trace;
    }

    private static Optional<String> parent(String header) {
        Matcher parts = PARENT.matcher(header);
        boolean valid =
                parts.matches() && (parts.group(3) == null || !parts.group(1).equals("00"));
        return valid ? Optional.of(parts.group(2)) : Optional.empty();
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        MDC.remove("requestId");
        MDC.remove("traceId");
        MDC.remove("spanId");
        // Put there when the request is authenticated.
        MDC.remove("apiKey");
    }
}
