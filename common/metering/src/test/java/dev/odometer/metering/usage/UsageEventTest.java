package dev.odometer.metering.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageEventTest {

    private static UsageEvent withSubject(String subject) {
        return new UsageEvent("1.0", "e-1", "api", "call", subject, null, null, null, null);
    }

    private static UsageEvent withTime(String time) {
        return new UsageEvent("1.0", "e-1", "api", "call", "acme", Instant.parse(time), null, null, null);
    }

    private static UsageEvent withContentType(String type) {
        return new UsageEvent("1.0", "e-1", "api", "call", "acme", null, type, null, null);
    }

    private static UsageEvent withData(Map<String, @Nullable Object> data) {
        return new UsageEvent("1.0", "e-1", "api", "call", "acme", null, null, null, data);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, s, t, id is required",
                "'', s, t, id must not be empty",
                "e, -, t, source is required",
                "e, s, -, type is required"
            })
    @SuppressWarnings("NullAway") // a decoder may leave out any of them
    void refusesTheFirstInvalidField(String id, String source, String type, String sentence) {
        assertThatThrownBy(() -> new UsageEvent("1.0", id, source, type, "acme", null, null, null, null))
                .isInstanceOf(Refusal.class)
                .hasMessage(sentence);
    }

    @Test
    @SuppressWarnings("NullAway") // a decoder may leave it out
    void requiresCloudEvents10() {
        assertThatThrownBy(() -> new UsageEvent(null, "e", "s", "t", "acme", null, null, null, null))
                .hasMessage("specversion is required");
        assertThatThrownBy(() -> new UsageEvent("0.3", "e", "s", "t", "acme", null, null, null, null))
                .hasMessage("specversion must be 1.0: 0.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0", "a\n", "\u007f", "\ud83d", "\ude00\ud83d", "a\ud83db"})
    void refusesStringsThatCannotBeStored(String subject) {
        assertThatThrownBy(() -> withSubject(subject))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("subject ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0080", "\u0085", "\u009fb"})
    void refusesC1ControlCharactersOnReceipt(String subject) {
        UsageEvent stored = withSubject(subject);

        assertThatThrownBy(() -> stored.receivedAt(Instant.EPOCH))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("subject must not contain control characters: U+00");
    }

    @Test
    void acceptsTheCharactersAroundC1ControlCharacters() {
        assertThat(withSubject("~\u00a0").receivedAt(Instant.EPOCH).subject()).isEqualTo("~\u00a0");
    }

    @Test
    void acceptsAttributesOfUpTo1024Bytes() {
        assertThatCode(() -> withSubject("é".repeat(512))).doesNotThrowAnyException();
        assertThatThrownBy(() -> withSubject("é".repeat(513)))
                .hasMessage("subject must have at most 1024 bytes in UTF-8");
    }

    @Test
    void truncatesTimesToMicroseconds() {
        assertThat(withTime("2026-01-01T00:00:00.123456789Z").time()).isEqualTo("2026-01-01T00:00:00.123456Z");
    }

    @Test
    void refusesTimesOutsideOfFourDigitYears() {
        assertThatThrownBy(() -> withTime("+10000-01-01T00:00:00Z")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> withTime("-0001-12-31T23:59:59Z")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", "text/json", "application/a+json"})
    void acceptsJsonContentTypes(String type) {
        assertThatCode(() -> withContentType(type)).doesNotThrowAnyException();
    }

    @Test
    void refusesOtherContentTypes() {
        assertThatThrownBy(() -> withContentType("application/xml"))
                .hasMessage("datacontenttype must be application/json: application/xml");
    }

    @Test
    void refusesDataWithStringsThatCannotBeStored() {
        Map<String, @Nullable Object> inAList = Map.of("a", List.of(Map.of("b", "x\0")));
        Map<String, @Nullable Object> inAKey = Map.of("\ud83d", 1);

        assertThatThrownBy(() -> withData(inAList)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> withData(inAKey)).isInstanceOf(Refusal.class);
    }

    @Test
    void acceptsDataWithNullsAndSurrogatePairs() {
        var data = new HashMap<String, @Nullable Object>();
        data.put("a", null);
        data.put("b", "😀");

        assertThat(withData(data).data()).isEqualTo(data);
    }

    @Test
    void usesTheTimeOfReceiptForAnEventWithoutATime() {
        Instant now = Instant.parse("2026-01-02T00:00:00Z");

        assertThat(withSubject("acme").receivedAt(now).happenedAt()).isEqualTo(now);
        assertThat(withTime("2026-01-01T00:00:00Z").receivedAt(now).happenedAt())
                .isEqualTo("2026-01-01T00:00:00Z");
    }
}
