package dev.odometer.api.functions.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateDraftTest {

    private static TemplateDraft metered(String usagePeriod, @Nullable Boolean preserveOverage) {
        return new TemplateDraft("metered", null, null, null, BigDecimal.TEN, null, preserveOverage, usagePeriod);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1DT1H1M1S", "PT1H0.5S", "P99Y366D"})
    void refusesAUsagePeriodThatNoEntitlementHas(String usagePeriod) {
        assertThatThrownBy(() -> TemplateDraft.toTemplate(metered(usagePeriod, null)))
                .hasMessage(
                        "entitlementTemplate: usagePeriod.interval must be in whole minutes, from one hour to 100 years");
    }

    @Test
    void refusesPreservedOverageInPeriodsOfHours() {
        assertThatThrownBy(() -> TemplateDraft.toTemplate(metered("PT1H", true)))
                .hasMessage("entitlementTemplate: preserveOverageAtReset needs a usagePeriod.interval of a day or more:"
                        + " PT1H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "PT1H", "P1MT1H", "P100Y"})
    void acceptsTheUsagePeriodsOfEntitlementsAndOfDrafts(String usagePeriod) {
        assertThat(TemplateDraft.toTemplate(metered(usagePeriod, null))).isNotNull();
    }
}
