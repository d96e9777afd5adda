package dev.odometer.conformance.aws;

import java.nio.charset.StandardCharsets;

/**
 * The result of an invocation.
 *
 * @param errorType empty if the invocation succeeded
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record Answer(byte[] body, String errorType) {

    public boolean failed() {
        return !errorType.isEmpty();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
