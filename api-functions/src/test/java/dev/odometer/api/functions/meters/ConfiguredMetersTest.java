package dev.odometer.api.functions.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.metering.meter.Meter;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ConfiguredMetersTest {

    private final ApiFixture fixture = new ApiFixture();

    private void start(EnumerablePropertySource<?> settings) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(settings);
        ConfigurationPropertySources.attach(environment);
        new MetersModule()
                .declaredMeters(environment, fixture.meters, fixture.clock)
                .afterSingletonsInstantiated();
    }

    @Test
    void metersAreDeclaredByProperties() {
        start(new MapPropertySource(
                "file",
                Map.of(
                        "odometer.meters[0].slug", "tokens",
                        "odometer.meters[0].aggregation", "sum",
                        "odometer.meters[0].eventType", "prompt",
                        "odometer.meters[0].valueProperty", "$.tokens",
                        "odometer.meters[0].eventFrom", "2026-01-01T00:00:00Z",
                        "odometer.meters[0].groupBy.modelName", "$[\"model-name\"]")));

        Meter meter = fixture.meters.find("tokens").orElseThrow();
        assertThat(meter.groupBy()).containsExactly(Map.entry("modelName", "$[\"model-name\"]"));
        assertThat(meter.eventFrom()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void metersAreDeclaredByTheProcessEnvironment() {
        start(new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                Map.of(
                        "ODOMETER_METERS_0_SLUG", "calls",
                        "ODOMETER_METERS_0_AGGREGATION", "COUNT",
                        "ODOMETER_METERS_0_EVENTTYPE", "call",
                        "ODOMETER_METERS_0_GROUPBY_ROUTE", "$.route")));

        assertThat(fixture.meters.find("calls").orElseThrow().groupBy()).containsEntry("route", "$.route");
    }

    @Test
    void anInvalidDeclarationPreventsTheStart() {
        var settings = new MapPropertySource("file", Map.of("odometer.meters[0].slug", "calls"));

        assertThatThrownBy(() -> start(settings)).hasMessage("odometer.meters[0]: aggregation is required");
    }

    @Test
    void withoutDeclarationsTheStoreIsNotAccessed() {
        start(new MapPropertySource("file", Map.of()));

        assertThat(fixture.meters.list(true)).isEmpty();
    }
}
