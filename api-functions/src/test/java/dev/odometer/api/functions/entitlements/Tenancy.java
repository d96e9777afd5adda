package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.Store;
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
public final class Tenancy {

    public final Store store = new Store();
    public final CustomerResolver resolver = new CustomerResolver(store.customers, store.subjects);
    public final EntitlementLookup known = new EntitlementLookup(store.entitlements, resolver);
    public final CreateEntitlement createEntitlement = new CreateEntitlement(
            store.entitlements,
            new FeatureLookup(store.features),
            resolver,
            new CreateCustomer(
                    store.customers, new CustomerSubjectEntries(store.subjects, store.ids), store.ids, store.clock),
            Braces::new,
            store.ids,
            store.clock);
    public final GetEntitlement getEntitlement = new GetEntitlement(store.entitlements, resolver, store.clock);
    public final CreateGrant createGrant = new CreateGrant(store.entitlements, known, store.ids, store.clock);
    public final GetEntitlementValue getValue =
            new GetEntitlementValue(store.entitlements, new FeatureLookup(store.features), resolver, store.clock);

    public Tenancy() {
        store.tokens();
        store.customer("acme", "acme-eu");
        var create = new CreateFeature(store.features, store.knownMeters, store.ids, store.clock);
        create.apply(new CreateFeature.Input("tokens", "Tokens", "tokens", null, null, null));
        create.apply(new CreateFeature.Input("sso", "Single sign-on", null, null, null, null));
    }

    /** Knows one sign of what is not JSON; the door's tests know them all. */
    private static final class Braces implements Documents {

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

    /** What acme is entitled to with these words. */
    public EntitlementView entitled(String feature, Asked asked) {
        return createEntitlement.apply(asked.of("acme", feature));
    }

    /** A hundred tokens a month from the start of the running month. */
    public EntitlementView hundredTokens() {
        return entitled("tokens", Asked.metered("100"));
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
                null));
    }

    /** A request's words, each of which a test may have otherwise. */
    public record Asked(
            String type,
            CreateEntitlement.@Nullable Period period,
            @Nullable String from,
            @Nullable BigDecimal allowance,
            @Nullable Boolean soft,
            @Nullable String config) {

        public static final CreateEntitlement.Period MONTH =
                new CreateEntitlement.Period("MONTH", Instant.parse("2026-01-01T00:00:00Z"));

        public static Asked metered(@Nullable String allowance) {
            return new Asked("metered", MONTH, null, allowance == null ? null : new BigDecimal(allowance), null, null);
        }

        public static Asked fixed(@Nullable String config) {
            return new Asked("static", null, null, null, null, config);
        }

        public static Asked bare() {
            return new Asked("boolean", null, null, null, null, null);
        }

        public Asked from(String time) {
            return new Asked(type, period, time, allowance, soft, config);
        }

        public Asked every(@Nullable String interval) {
            return new Asked(
                    type, new CreateEntitlement.Period(interval, MONTH.anchor()), from, allowance, soft, config);
        }

        public Asked softly() {
            return new Asked(type, period, from, allowance, true, config);
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
