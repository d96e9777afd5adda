package dev.odometer.api.functions.pricing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.entitlement.UsagePeriod;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.EntitlementTemplate;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Text;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An entitlement template in requests. A field of another type is refused unless it is false.
 *
 * @param type boolean, static or metered
 * @param config of static: JSON as text
 * @param issueAfterReset of metered, from 0
 * @param issueAfterResetPriority of metered: 1 to 255
 * @param usagePeriod of metered: an ISO 8601 duration; that of the rate card when absent
 */
public record TemplateDraft(
        @Required @Nullable String type,
        @Nullable Map<String, String> metadata,
        @Nullable String config,
        @Nullable Boolean isSoftLimit,
        @Nullable BigDecimal issueAfterReset,
        @Nullable Integer issueAfterResetPriority,
        @Nullable Boolean preserveOverageAtReset,
        @Nullable String usagePeriod) {

    private static final int MAX_CONFIG_LENGTH = 16_384;
    private static final Map<String, Function<TemplateDraft, EntitlementTemplate>> KINDS = Map.of(
            "boolean", TemplateDraft::toBoolean,
            "static", TemplateDraft::toStatic,
            "metered", TemplateDraft::toMetered);

    static @Nullable EntitlementTemplate toTemplate(@Nullable TemplateDraft draft) {
        return draft == null
                ? null
                : Bounds.choice(
                                "entitlementTemplate.type",
                                Bounds.required("entitlementTemplate.type", draft.type),
                                KINDS)
                        .apply(draft);
    }

    private EntitlementTemplate toBoolean() {
        absent("config", config);
        refuseMetered();
        return new EntitlementTemplate.BooleanAccess(checkedMetadata());
    }

    private EntitlementTemplate toStatic() {
        refuseMetered();
        String json = Bounds.required("entitlementTemplate.config", config);
        return new EntitlementTemplate.Static(
                Text.checked("entitlementTemplate.config", json, MAX_CONFIG_LENGTH), checkedMetadata());
    }

    private EntitlementTemplate toMetered() {
        absent("config", config);
        var template = new EntitlementTemplate.Metered(
                Boolean.TRUE.equals(isSoftLimit),
                issueAfterReset,
                issueAfterResetPriority,
                Boolean.TRUE.equals(preserveOverageAtReset),
                usagePeriod == null ? null : CalendarDuration.parse("entitlementTemplate.usagePeriod", usagePeriod),
                checkedMetadata());
        checkPeriod(template);
        return template;
    }

    /**
     * Checks that an entitlement can have the usage period, so that a published plan can be subscribed to. A draft may have
     * a period shorter than an hour.
     */
    private static void checkPeriod(EntitlementTemplate.Metered template) {
        CalendarDuration period = template.usagePeriod();
        if (period == null || period.isShorterThanAnHour()) {
            return;
        }
        try {
            new Terms.Metered(
                    UsagePeriod.of(period.text(), Instant.EPOCH),
                    Instant.EPOCH,
                    template.issueAfterReset(),
                    Objects.requireNonNullElse(template.issueAfterResetPriority(), 1),
                    template.isSoftLimit(),
                    false,
                    template.preserveOverageAtReset());
        } catch (Refusal refusal) {
            throw refusal.at("entitlementTemplate");
        }
    }

    private Map<String, String> checkedMetadata() {
        return Metadata.checked(Objects.requireNonNullElse(metadata, Map.of()));
    }

    private void refuseMetered() {
        absent("isSoftLimit", Boolean.TRUE.equals(isSoftLimit) ? isSoftLimit : null);
        absent("issueAfterReset", issueAfterReset);
        absent("issueAfterResetPriority", issueAfterResetPriority);
        absent("preserveOverageAtReset", Boolean.TRUE.equals(preserveOverageAtReset) ? preserveOverageAtReset : null);
        absent("usagePeriod", usagePeriod);
    }

    private void absent(String field, @Nullable Object value) {
        if (value != null) {
            throw Refusal.invalid(
                    "entitlementTemplate." + field + " is not allowed with entitlementTemplate.type " + type);
        }
    }
}
