package dev.odometer.conformance.aws;

import java.nio.charset.StandardCharsets;

/**
 * What an invocation ended with.
 *
 * @param errorType empty where it did not fail
 */
@SuppressWarnings("ArrayRecordComponent") // handed on
public record Answer(byte[] body, String errorType) {

    public boolean failed() {
        return !errorType.isEmpty();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
