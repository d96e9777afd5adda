package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.access.GetEntitlementHistory;
import dev.odometer.api.functions.access.GetEntitlementValue;
import dev.odometer.api.functions.customers.CreateCustomer;
import dev.odometer.api.functions.customers.CustomerSubjectEntries;
import dev.odometer.api.functions.entitlements.CreateEntitlement.Input;
import dev.odometer.api.functions.features.CreateFeature;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.grants.CreateGrant;
import dev.odometer.api.functions.grants.GrantView;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.views.EntitlementValue;
import dev.odometer.views.EntitlementView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The customer acme with the subject acme-eu, features with and without a meter, and the functions that use them. */
public final class EntitlementFixture {

    public final ApiFixture ports = new ApiFixture();
    public final CustomerResolver resolver = new CustomerResolver(ports.customers, ports.subjects);
    public final EntitlementLookup lookup = new EntitlementLookup(ports.entitlements, resolver, ports.clock);
    public final CreateEntitlement createEntitlement = new CreateEntitlement(
            ports.entitlements,
            new FeatureLookup(ports.features),
            resolver,
            new CreateCustomer(
                    ports.customers, new CustomerSubjectEntries(ports.subjects, ports.ids), ports.ids, ports.clock),
            BraceCheck::new,
            ports.ids,
            ports.clock);
    public final GetEntitlement getEntitlement = new GetEntitlement(ports.entitlements, resolver, ports.clock);
    public final CreateGrant createGrant = new CreateGrant(ports.entitlements, lookup, ports.ids, ports.clock);
    public final GetEntitlementHistory getHistory = new GetEntitlementHistory(ports.entitlements, lookup, ports.clock);
    public final GetEntitlementValue getValue = new GetEntitlementValue(ports.entitlements, resolver, ports.clock);

    public EntitlementFixture() {
        ports.tokens();
        ports.customer("acme", "acme-eu");
        var create = new CreateFeature(ports.features, ports.meterLookup, ports.ids, ports.clock);
        create.apply(new CreateFeature.Input("tokens", "Tokens", "tokens", null, null, null, null));
        create.apply(new CreateFeature.Input("sso", "Single sign-on", null, null, null, null, null));
    }

    /** Detects one kind of invalid JSON; the door's tests cover the others. */
    private static final class BraceCheck implements Documents {

        @Override
        public <T> T event(byte[] json, Class<T> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void check(byte[] json) {
            if (json[json.length - 1] == '{') {
                throw Refusal.invalid("not JSON");
            }
        }

        @Override
        public byte[] write(Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, @Nullable Object> tree(Object value) {
            throw new UnsupportedOperationException();
        }
    }

    /** Creates an entitlement of acme from the builder. */
    public EntitlementView entitled(String feature, EntitlementRequest request) {
        return createEntitlement.apply(request.of("acme", feature));
    }

    /** A hundred tokens a month from the start of the current month. */
    public EntitlementView hundredTokens() {
        return entitled("tokens", EntitlementRequest.metered("100"));
    }

    public EntitlementValue value(String feature) {
        return getValue.apply(new GetEntitlementValue.Input(null, "acme", feature, null));
    }

    public GrantView granted(String amount, int priority, String effectiveAt) {
        return createGrant.apply(new CreateGrant.Input(
                null,
                "acme",
                "tokens",
                new BigDecimal(amount),
                priority,
                Instant.parse(effectiveAt),
                null,
                null,
                null,
                null,
                null,
                null));
    }

    /** A builder of requests. */
    public record EntitlementRequest(
            String type,
            CreateEntitlement.@Nullable Period period,
            @Nullable String from,
            @Nullable BigDecimal allowance,
            @Nullable Boolean soft,
            @Nullable String config) {

        public static final CreateEntitlement.Period MONTH =
                new CreateEntitlement.Period("MONTH", Instant.parse("2026-01-01T00:00:00Z"));

        public static EntitlementRequest metered(@Nullable String allowance) {
            BigDecimal amount = allowance == null ? null : new BigDecimal(allowance);
            return new EntitlementRequest("metered", MONTH, "CURRENT_PERIOD_START", amount, null, null);
        }

        public static EntitlementRequest staticEntitlement(@Nullable String config) {
            return new EntitlementRequest("static", null, null, null, null, config);
        }

        public static EntitlementRequest booleanEntitlement() {
            return new EntitlementRequest("boolean", null, null, null, null, null);
        }

        public EntitlementRequest from(@Nullable String time) {
            return new EntitlementRequest(type, period, time, allowance, soft, config);
        }

        public EntitlementRequest every(@Nullable String interval) {
            return new EntitlementRequest(
                    type, new CreateEntitlement.Period(interval, MONTH.anchor()), from, allowance, soft, config);
        }

        public EntitlementRequest softLimit() {
            return new EntitlementRequest(type, period, from, allowance, true, config);
        }

        public Input of(String customer, String feature) {
            return input(null, customer, feature);
        }

        public Input input(@Nullable String subject, @Nullable String customer, @Nullable String feature) {
            return new Input(
                    subject, customer, type, feature, null, period, from, allowance, null, null, soft, null, null, null,
                    config, Map.of());
        }
    }
}
