package dev.odometer.api.functions.meters;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterChange;
import dev.odometer.metering.meter.MeterDraft;
import dev.odometer.metering.meter.Meters;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates and updates the meters declared in the configuration. It is idempotent, and several nodes may run it
 * concurrently. Meters that are not declared remain unchanged.
 */
public final class DeclaredMeters {

    private final Meters meters;
    private final Supplier<String> ids;
    private final Clock clock;

    public DeclaredMeters(Meters meters, Supplier<String> ids, Clock clock) {
        this.meters = meters;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Creates missing meters, and updates names, descriptions, metadata and group-by keys of existing ones.
     *
     * @throws Refusal naming the declaration that is invalid or contradicts an existing meter; the ones before it are
     *     applied
     */
    public void declare(List<MeterDraft> drafts) {
        var slugs = new HashSet<String>();
        for (int i = 0; i < drafts.size(); i++) {
            MeterDraft draft = drafts.get(i);
            try {
                Meter declared = draft.toMeter(ids.get(), clock.instant());
                if (!slugs.add(declared.slug())) {
                    throw Refusal.invalid("slug is declared twice: " + declared.slug());
                }
                declare(declared, draft);
            } catch (Refusal refusal) {
                throw refusal.at("odometer.meters[" + i + "]");
            }
        }
    }

    private void declare(Meter declared, MeterDraft draft) {
        Optional<Meter> existing = meters.find(declared.slug());
        if (existing.isPresent()) {
            update(existing.get(), declared, draft);
        } else {
            add(declared, draft);
        }
    }

    private void add(Meter declared, MeterDraft draft) {
        try {
            meters.add(declared);
        } catch (Refusal refusal) {
            if (refusal.kind() != RefusalKind.CONFLICT) {
                throw refusal;
            }
            // Another node created it concurrently.
            update(meters.find(declared.slug()).orElseThrow(() -> refusal), declared, draft);
        }
    }

    private void update(Meter existing, Meter declared, MeterDraft draft) {
        unchanged(existing, "aggregation", existing.aggregation(), declared.aggregation());
        unchanged(existing, "eventType", existing.eventType(), declared.eventType());
        unchanged(existing, "valueProperty", existing.valueProperty(), declared.valueProperty());
        unchanged(existing, "eventFrom", existing.eventFrom(), declared.eventFrom());
        var change = new MeterChange(draft.name(), draft.description(), draft.metadata(), draft.groupBy());
        Meter changed = existing.changed(change, existing.updatedAt());
        if (!changed.equals(existing)) {
            meters.replace(existing.changed(change, clock.instant()));
        }
    }

    private static void unchanged(Meter meter, String field, @Nullable Object existing, @Nullable Object declared) {
        if (!Objects.equals(existing, declared)) {
            throw Refusal.conflict("meter " + meter.slug() + " exists with " + field + " " + existing
                    + ", which cannot change to " + declared + "; delete it first or declare another slug");
        }
    }
}
