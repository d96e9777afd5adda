package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @ParameterizedTest
    @ValueSource(strings = {"00-" + ID + "-00f067aa0ba902b7-01", "01-" + ID + "-00f067aa0ba902b7-01-more"})
    void continuesATrace(String parent) {
        try (Trace trace = Trace.open(Headers.of("traceparent", parent))) {
            assertThat(trace.traceId()).isEqualTo(ID);
            assertThat(trace.spanId()).matches("[0-9a-f]{16}").isNotEqualTo("00f067aa0ba902b7");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff-" + ID + "-00f067aa0ba902b7-01",
                "00-" + ID + "-00f067aa0ba902b7-01-more",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-" + ID + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            })
    void startsATraceWithoutAValidParent(String parent) {
        try (Trace trace = Trace.open(Headers.of("traceparent", parent))) {
            assertThat(trace.traceId()).matches("[0-9a-f]{32}").isNotEqualToIgnoringCase(ID);
        }
    }

    @Test
    void addsItsIdsToTheLoggingContext() {
        try (Trace trace = Trace.open(Headers.of("X-Request-Id", "r-1"))) {
            assertThat(MDC.get("requestId")).isEqualTo("r-1");
            assertThat(MDC.get("traceId")).isEqualTo(trace.traceId());
            assertThat(MDC.get("spanId")).isEqualTo(trace.spanId());
        }
        assertThat(MDC.get("requestId")).isNull();
    }
}
