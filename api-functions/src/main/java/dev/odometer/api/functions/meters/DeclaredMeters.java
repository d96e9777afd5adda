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
 * Makes the meters of the configuration exist. Repeating it changes nothing, and several nodes may do it at once.
 * Meters that are not declared are left alone.
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
     * Creates the missing meters and brings words and group-bys of the others up to date.
     *
     * @throws Refusal naming the declaration that is wrong or contradicts a meter that exists; those before it are done
     */
    public void declare(List<MeterDraft> drafts) {
        var slugs = new HashSet<String>();
        for (int i = 0; i < drafts.size(); i++) {
            MeterDraft draft = drafts.get(i);
            try {
                Meter wanted = draft.toMeter(ids.get(), clock.instant());
                if (!slugs.add(wanted.slug())) {
                    throw Refusal.invalid("slug is declared twice: " + wanted.slug());
                }
                declare(wanted, draft);
            } catch (Refusal refusal) {
                throw refusal.at("odometer.meters[" + i + "]");
            }
        }
    }

    private void declare(Meter wanted, MeterDraft draft) {
        Optional<Meter> existing = meters.find(wanted.slug());
        if (existing.isPresent()) {
            update(existing.get(), wanted, draft);
        } else {
            add(wanted, draft);
        }
    }

    private void add(Meter wanted, MeterDraft draft) {
        try {
            meters.add(wanted);
        } catch (Refusal refusal) {
            if (refusal.kind() != RefusalKind.CONFLICT) {
                throw refusal;
            }
            // Another node that starts at the same time was first.
            update(meters.find(wanted.slug()).orElseThrow(() -> refusal), wanted, draft);
        }
    }

    private void update(Meter existing, Meter wanted, MeterDraft draft) {
        unchanged(existing, "aggregation", existing.aggregation(), wanted.aggregation());
        unchanged(existing, "eventType", existing.eventType(), wanted.eventType());
        unchanged(existing, "valueProperty", existing.valueProperty(), wanted.valueProperty());
        unchanged(existing, "eventFrom", existing.eventFrom(), wanted.eventFrom());
        var change = new MeterChange(draft.name(), draft.description(), draft.metadata(), draft.groupBy());
        Meter changed = existing.changed(change, existing.updatedAt());
        if (!changed.equals(existing)) {
            meters.replace(existing.changed(change, clock.instant()));
        }
    }

    private static void unchanged(Meter meter, String field, @Nullable Object is, @Nullable Object declared) {
        if (!Objects.equals(is, declared)) {
            throw Refusal.conflict("meter " + meter.slug() + " exists with " + field + " " + is
                    + ", which cannot become " + declared + "; delete it first or declare another slug");
        }
    }
}
