package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.resource.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An entitlement in requests, not yet validated; see {@link Terms} for the fields. */
record EntitlementDraft(CreateEntitlement.Input input, Instant now, Supplier<Documents> json) {

    private static final String FROM_PERIOD_START = "CURRENT_PERIOD_START";
    private static final String FROM_NOW = "NOW";
    private static final int DEFAULT_PRIORITY = 1;

    private interface Kind {
        Terms terms(EntitlementDraft draft);
    }

    private static final Map<String, Kind> KINDS = Map.of(
            "metered", EntitlementDraft::meteredTerms,
            "static", EntitlementDraft::staticTerms,
            "boolean", EntitlementDraft::booleanTerms);

    /** @throws Refusal when a field is missing, breaks a rule, or belongs to another type */
    Terms terms() {
        return Bounds.choice("type", Bounds.required("type", input.type()), KINDS)
                .terms(this);
    }

    private Terms booleanTerms() {
        checkAbsent("config", input.config());
        checkNotMetered();
        return new Terms.BooleanAccess(shownPeriod());
    }

    /** The interval of an entitlement that has no usage. */
    private @Nullable UsagePeriod shownPeriod() {
        return input.usagePeriod() == null ? null : period(input.usagePeriod());
    }

    private Terms staticTerms() {
        checkNotMetered();
        // Terms.Static checks the length, before the JSON is parsed.
        var terms = new Terms.Static(Bounds.required("config", input.config()), shownPeriod());
        checkJson(terms.config());
        return terms;
    }

    private void checkJson(String config) {
        try {
            json.get().check(config.getBytes(StandardCharsets.UTF_8));
        } catch (Refusal notJson) {
            throw Refusal.invalid("config must be a string that contains JSON: " + Refusal.quote(config));
        }
    }

    private Terms meteredTerms() {
        checkAbsent("config", input.config());
        UsagePeriod period = period(Bounds.required("usagePeriod", input.usagePeriod()));
        CreateEntitlement.Issue issue = issue();
        return new Terms.Metered(
                period,
                measureFrom(period),
                issue.amount(),
                Objects.requireNonNullElse(issue.priority(), DEFAULT_PRIORITY),
                Boolean.TRUE.equals(input.isSoftLimit()),
                Boolean.TRUE.equals(input.isUnlimited()),
                Boolean.TRUE.equals(input.preserveOverageAtReset()));
    }

    private UsagePeriod period(CreateEntitlement.Period period) {
        Instant anchor = period.anchor() == null ? now : Timestamp.checked("usagePeriod.anchor", period.anchor());
        return UsagePeriod.of(Bounds.required("usagePeriod.interval", period.interval()), anchor);
    }

    /** Version 2 has the allowance in an object, but also accepts the fields of version 1. */
    private CreateEntitlement.Issue issue() {
        // Generated clients send the default priority also without an allowance.
        int priority = Objects.requireNonNullElse(input.issueAfterResetPriority(), DEFAULT_PRIORITY);
        boolean isVersion1 = input.issueAfterReset() != null || priority != DEFAULT_PRIORITY;
        if (input.issue() != null && isVersion1) {
            throw Refusal.invalid("issue and issueAfterReset cannot be used together");
        }
        if ((input.issue() != null || isVersion1)
                && input.grants() != null
                && !input.grants().isEmpty()) {
            throw Refusal.invalid((isVersion1 ? "issueAfterReset" : "issue") + " and grants cannot be used together");
        }
        if (input.issue() != null) {
            Bounds.required("issue.amount", input.issue().amount());
            return input.issue();
        }
        if (isVersion1) {
            Bounds.required("issueAfterReset", input.issueAfterReset());
        }
        return new CreateEntitlement.Issue(input.issueAfterReset(), priority);
    }

    private Instant measureFrom(UsagePeriod period) {
        String from = Objects.requireNonNullElse(input.measureUsageFrom(), FROM_NOW);
        if (from.equals(FROM_PERIOD_START)) {
            return period.containing(now).start();
        }
        if (from.equals(FROM_NOW)) {
            return now.truncatedTo(ChronoUnit.MINUTES);
        }
        Instant time = Timestamp.parse("measureUsageFrom", from);
        if (time.isAfter(now)) {
            throw Refusal.invalid("measureUsageFrom must not be in the future: " + from);
        }
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    private void checkNotMetered() {
        checkAbsent("measureUsageFrom", input.measureUsageFrom());
        checkAbsent("issueAfterReset", input.issueAfterReset());
        checkAbsent("issueAfterResetPriority", input.issueAfterResetPriority());
        checkAbsent("issue", input.issue());
        checkFalse("isSoftLimit", input.isSoftLimit());
        checkFalse("isUnlimited", input.isUnlimited());
        checkFalse("preserveOverageAtReset", input.preserveOverageAtReset());
        checkAbsent("grants", input.grants());
    }

    /** Accepts false for every type: it has the meaning of an absent field, and some clients always send it. */
    private void checkFalse(String field, @Nullable Boolean value) {
        checkAbsent(field, Boolean.TRUE.equals(value) ? value : null);
    }

    private void checkAbsent(String field, @Nullable Object value) {
        Bounds.absent(field, value, input.type());
    }
}
