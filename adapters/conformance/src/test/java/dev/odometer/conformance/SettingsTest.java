package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.azure.functions.Restart;
import dev.odometer.door.start.FunctionApplication;
import dev.odometer.functions.refusal.StartRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * An invalid setting prevents the start with a sentence. The functions, the stores and the senders read them alike on
 * every platform; here they start as a function app of Azure.
 */
class SettingsTest {

    private static final List<String> NUMBERS = List.of(
            "odometer.max-body-bytes",
            "odometer.rate-limit.address",
            "odometer.http.trusted-proxies",
            "odometer.rate-limit.key",
            "odometer.rate-limit.portal",
            "odometer.query.max-rows",
            "odometer.portal.max-rows",
            "odometer.access.max-entitlements",
            "odometer.database.pool-size",
            "odometer.database.short-reads",
            "odometer.database.statement-timeout",
            "odometer.database.long-statement-timeout",
            "odometer.max-meters-per-event-type",
            "odometer.exports.days",
            "odometer.archive.events-days",
            "odometer.retention.parked-days",
            "odometer.retention.exports-days",
            "odometer.retention.imports-days",
            "odometer.retention.notifications-days",
            "odometer.retention.minutes-days",
            "odometer.imports.longest-line",
            "odometer.imports.most-unpacked",
            "odometer.imports.most-ratio",
            "odometer.imports.most-rejected",
            "odometer.email.port",
            "odometer.azure.patience",
            "odometer.self-metering.interval",
            "odometer.self-metering.max-invocations",
            "odometer.kafka.delivery-timeout");

    private static final List<String> CHOICES = List.of(
            "odometer.database.migrate",
            "odometer.push",
            "odometer.api-keys-file",
            "odometer.csv.neutralize-formulas",
            "odometer.exports.neutralize-formulas",
            "odometer.exports.window-size",
            "odometer.exports.format",
            "odometer.exports.zone",
            "odometer.billing.horizon",
            "odometer.billing.invoice",
            "odometer.notifications.deliver",
            "odometer.notifications.allow-private-addresses",
            "odometer.files.s3.path-style",
            "odometer.email.tls",
            "odometer.billing.hand-off-from",
            "odometer.stripe.url",
            "odometer.kafka.bootstrap-servers",
            "odometer.files.store",
            "odometer.self-metering.enabled",
            "odometer.costs.prices",
            "odometer.ingest");

    private static final String HUGE = "9".repeat(1000);

    /** The settings without which other settings are not read. */
    private static final Map<String, Object> ENABLED = Map.of(
            "odometer.database.url", "jdbc:postgresql://127.0.0.1:1/none",
            "odometer.files.store", "s3",
            "odometer.files.s3.region", "eu-central-1",
            "odometer.exports.container", "exports",
            "odometer.exports.days", "1",
            "odometer.archive.container", "archive",
            "odometer.ingest", "kafka",
            "odometer.email.host", "127.0.0.1",
            "odometer.email.from", "odometer@example.com");

    private static void start(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(ENABLED);
        all.putAll(settings);
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", all));
        FunctionApplication.start(environment, Restart.application()).close();
    }

    private static Stream<Arguments> invalid() {
        return Stream.concat(
                NUMBERS.stream()
                        .flatMap(name ->
                                Stream.of("four", "-1", HUGE, "1e3000000").map(value -> Arguments.of(name, value))),
                CHOICES.stream().flatMap(name -> Stream.of("maybe", "7").map(value -> Arguments.of(name, value))));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void reportsAnInvalidSettingInOneSentence(String name, String value) {
        assertThatThrownBy(() -> start(Map.of(name, value)))
                .isInstanceOf(StartRefusal.class)
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .contains(name, value.substring(0, Math.min(value.length(), 100)))
                        .hasSizeLessThan(400));
    }

    /** Deployment templates set unused settings to the empty string. */
    @Test
    void anEmptySettingIsNotSet() {
        var empty = new HashMap<String, Object>();
        invalid().forEach(row -> empty.put(String.valueOf(row.get()[0]), ""));
        empty.put("odometer.files.store", "s3");
        empty.put("odometer.ingest", "direct");

        start(empty);
    }

    @Test
    void reportsAnInvalidMeterInOneSentence() {
        assertThatThrownBy(() -> start(Map.of("odometer.meters[0].aggregation", "maybe")))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.meters[0].aggregation is invalid: maybe");
        assertThatThrownBy(() ->
                        start(Map.of("odometer.meters[0].slug", "A B", "odometer.meters[0].aggregation", "COUNT")))
                .isInstanceOf(StartRefusal.class)
                .hasMessage("odometer.meters[0]: eventType is required");
    }

    @Test
    void startsWithTheSettingsThatTheOthersNeed() {
        start(Map.of("odometer.azure.patience", "30s"));
    }
}
