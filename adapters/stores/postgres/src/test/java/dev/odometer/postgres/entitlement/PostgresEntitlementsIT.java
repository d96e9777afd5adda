package dev.odometer.postgres.entitlement;

import static dev.odometer.metering.entitlement.Examples.customer;
import static dev.odometer.metering.entitlement.Examples.entitlement;
import static dev.odometer.metering.entitlement.Examples.feature;
import static dev.odometer.metering.entitlement.Examples.grant;
import static dev.odometer.metering.entitlement.Examples.meter;
import static dev.odometer.metering.entitlement.Examples.monthly;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.metering.entitlement.EntitlementStores;
import dev.odometer.metering.entitlement.EntitlementsContract;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.UnitCost;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.MeterChange;
import dev.odometer.postgres.TestDatabase;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresEntitlementsIT extends EntitlementsContract {

    @Override
    protected EntitlementStores empty() {
        return TestDatabase.house(TestDatabase.emptyStore(Clock.systemUTC()));
    }

    @Test
    void limitsTheGrantsOfAPeriod() {
        EntitlementStores house = empty();
        Feature tokens = feature("tokens", meter(Aggregation.SUM), Map.of());
        house.meters().add(meter(Aggregation.SUM));
        house.customers().add(customer("acme"));
        house.features().add(tokens);
        house.entitlements().add(entitlement("e1", customer("acme"), tokens, monthly("1")));
        house.entitlements().grant(grant("g", "e1", "1", "2026-01-10T00:00:00Z"));
        TestDatabase.run("""
                insert into entitlement_grant (id, entitlement_id, amount, priority, effective_at, rollover_least,
                    rollover_most, metadata, created_at)
                select 'g' || n, entitlement_id, amount, priority, effective_at, 0, 0, metadata, created_at
                from entitlement_grant, generate_series(1, 999) n
                """);

        assertThatThrownBy(() -> house.entitlements().grant(grant("h", "e1", "1", "2026-02-09T23:59:00Z")))
                .hasMessageContaining("1000 grants");
        house.entitlements().grant(grant("h", "e1", "1", "2026-02-10T00:00:00Z"));
    }

    @Test
    void refusesToDeleteAMeterThatAFeatureNeeds() {
        EntitlementStores house = empty();
        var sum = meter(Aggregation.SUM);
        Feature tokens = feature("tokens", sum, Map.of("model", TextFilter.of(TextFilter.Op.EQ, "gpt")));
        house.meters().add(sum);
        house.customers().add(customer("acme"));
        house.features().add(tokens);
        house.entitlements().add(entitlement("e1", customer("acme"), tokens, monthly("1")));
        house.features().archive("f-tokens", sum.createdAt());
        var withoutModel = new MeterChange(null, null, null, Map.of("region", "$.region"));
        var withoutRegion = new MeterChange(null, null, null, Map.of("model", "$.model"));

        assertThatThrownBy(() -> house.meters().replace(sum.deleted(sum.createdAt())))
                .hasMessageContaining("in use by the feature tokens");
        assertThatThrownBy(() -> house.meters().replace(sum.changed(withoutModel, sum.createdAt())))
                .hasMessageContaining("model");
        house.meters().replace(sum.changed(withoutRegion, sum.createdAt()));
        house.entitlements().delete("e1", sum.createdAt());
        house.meters().replace(sum.deleted(sum.createdAt()));
    }

    @Test
    void refusesToRemoveAGroupByKeyThatAUnitCostNames() {
        EntitlementStores house = empty();
        var sum = meter(Aggregation.SUM);
        Feature plain = feature("tokens", sum, Map.of());
        var cost = new UnitCost("llm", null, null, "openai", "model", null, null, "input");
        house.meters().add(sum);
        house.features()
                .add(new Feature(
                        plain.id(), plain.key(), plain.name(), plain.measure(), cost, Map.of(), plain.lifecycle()));
        var withoutModel = new MeterChange(null, null, null, Map.of("region", "$.region"));

        assertThatThrownBy(() -> house.meters().replace(sum.changed(withoutModel, sum.createdAt())))
                .hasMessageContaining("a groupBy key is in use by the feature tokens: [model]");
    }
}
