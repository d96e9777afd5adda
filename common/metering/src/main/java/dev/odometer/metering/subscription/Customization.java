package dev.odometer.metering.subscription;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.PlanTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An operation of an edit of a subscription. It does not change the time before the edit. */
public sealed interface Customization {

    /** @throws Refusal as {@link Subscription#edited} */
    Subscription applyTo(Subscription subscription, Instant at);

    /** Adds an item: to the current phase from the time of the edit on, to a later phase from its start on. */
    record AddItem(String phaseKey, SubscriptionItem item) implements Customization {
        @Override
        public Subscription applyTo(Subscription subscription, Instant at) {
            SubscriptionPhase phase = unfinished(subscription, phaseKey, at);
            boolean isCurrent = subscription.span(phase).contains(at);
            SubscriptionItem last = phase.last(item.key()).orElse(null);
            boolean isOver = isCurrent
                    && last != null
                    && last.removedAt() != null
                    && !last.removedAt().isAfter(at);
            if (last != null && !isOver) {
                throw Refusal.conflict("item already exists in phase " + phaseKey
                        + "; to replace it, remove it first in the same edit: " + item.key());
            }
            boolean fromStart = !isCurrent || subscription.start(phase).equals(at);
            return changed(subscription, phase, old -> old.plus(fromStart ? item : item.added(at)));
        }
    }

    /** Removes an item: from the current phase from the time of the edit on, from a later phase altogether. */
    record RemoveItem(String phaseKey, String itemKey) implements Customization {
        @Override
        public Subscription applyTo(Subscription subscription, Instant at) {
            SubscriptionPhase phase = unfinished(subscription, phaseKey, at);
            SubscriptionItem last = phase.last(itemKey)
                    .filter(item -> item.removedAt() == null || item.removedAt().isAfter(at))
                    .orElseThrow(() -> Refusal.conflict(
                            "item does not exist in phase " + phaseKey + ": " + Refusal.quote(itemKey)));
            boolean hasStarted = last.within(subscription.span(phase)).from().isBefore(at);
            return changed(
                    subscription,
                    phase,
                    old -> hasStarted
                            ? old.with(old.items().stream()
                                    .map(item -> item.equals(last) ? item.removed(at) : item)
                                    .toList())
                            : old.without(last));
        }
    }

    /**
     * Adds a phase, which ends the one before. Later phases move, so that the next one starts when it ends.
     *
     * @param startAfter from the start of the subscription
     * @param duration absent if no phase follows, also after the customizations that follow
     */
    record AddPhase(
            String id,
            Label label,
            Offset startAfter,
            @Nullable Offset duration) implements Customization {
        @Override
        public Subscription applyTo(Subscription subscription, Instant at) {
            if (subscription.phases().stream().anyMatch(phase -> phase.key().equals(label.key()))) {
                throw Refusal.conflict("phase already exists: " + label.key());
            }
            var added = new SubscriptionPhase(id, label, startAfter, List.of());
            Instant start = subscription.start(added);
            if (!start.isAfter(at)) {
                throw Refusal.forbidden("a phase cannot be added in the past: " + start);
            }
            var phases = new ArrayList<SubscriptionPhase>();
            int index = 0;
            Offset shift = null;
            for (SubscriptionPhase phase : subscription.phases()) {
                if (subscription.start(phase).isBefore(start)) {
                    phases.add(phase);
                    index++;
                    continue;
                }
                if (shift == null) {
                    if (duration == null) {
                        throw Refusal.invalid(
                                "phase.duration is required because another phase follows: " + phase.key());
                    }
                    shift = startAfter.plus(duration).minus(phase.startAfter());
                }
                phases.add(phase.moved(shift));
            }
            phases.add(index, added);
            return subscription.with(phases);
        }
    }

    /**
     * Removes a phase that has not started.
     *
     * @param isNextEarlier whether the next phase starts when this one would have started, and all later phases move
     *     with it; otherwise the previous phase is extended
     */
    record RemovePhase(String phaseKey, boolean isNextEarlier) implements Customization {
        @Override
        public Subscription applyTo(Subscription subscription, Instant at) {
            SubscriptionPhase removed = phase(subscription, phaseKey);
            if (!subscription.start(removed).isAfter(at)) {
                throw Refusal.forbidden("a phase that has started cannot be removed: " + phaseKey);
            }
            int i = subscription.phases().indexOf(removed);
            List<SubscriptionPhase> later =
                    subscription.phases().subList(i + 1, subscription.phases().size());
            var phases = new ArrayList<>(subscription.phases().subList(0, i));
            if (isNextEarlier && !later.isEmpty()) {
                Offset shift = removed.startAfter().minus(later.get(0).startAfter());
                later.forEach(phase -> phases.add(phase.moved(shift)));
            } else {
                phases.addAll(later);
            }
            return subscription.with(phases);
        }
    }

    /**
     * Makes a phase longer or shorter, which moves the later phases.
     *
     * @param by negative to make it shorter
     */
    record StretchPhase(String phaseKey, Offset by) implements Customization {
        @Override
        public Subscription applyTo(Subscription subscription, Instant at) {
            SubscriptionPhase stretched = unfinished(subscription, phaseKey, at);
            int i = subscription.phases().indexOf(stretched);
            List<SubscriptionPhase> later =
                    subscription.phases().subList(i + 1, subscription.phases().size());
            if (later.isEmpty()) {
                throw Refusal.conflict("the last phase has no end to move: " + phaseKey);
            }
            Instant next = subscription.start(later.get(0).moved(by));
            if (!next.isAfter(subscription.start(stretched)) || next.isBefore(at)) {
                throw Refusal.conflict("phase must not end before it starts, nor in the past: " + phaseKey);
            }
            var phases = new ArrayList<>(subscription.phases().subList(0, i + 1));
            later.forEach(phase -> phases.add(phase.moved(by)));
            return subscription.with(phases);
        }
    }

    /** Discards changes that earlier edits scheduled for a later time in the current phase. */
    record UnscheduleEdit() implements Customization {
        @Override
        public Subscription applyTo(Subscription subscription, Instant at) {
            SubscriptionPhase current = subscription
                    .phaseAt(at)
                    .orElseThrow(() -> Refusal.conflict("the subscription has no current phase: " + subscription.id()));
            Span span = subscription.span(current);
            return changed(
                    subscription,
                    current,
                    old -> old.with(old.items().stream()
                            .filter(item -> !item.within(span).from().isAfter(at))
                            .map(item ->
                                    item.removedAt() != null && item.removedAt().isAfter(at)
                                            ? item.removed(null)
                                            : item)
                            .toList()));
        }
    }

    /**
     * Applies all, in order, and checks the result.
     *
     * @throws Refusal naming the customization that does not fit; as {@link #check}
     */
    static Subscription applyAll(List<Customization> customizations, Subscription subscription, Instant at) {
        Subscription edited = subscription;
        for (int i = 0; i < customizations.size(); i++) {
            try {
                edited = customizations.get(i).applyTo(edited, at);
            } catch (Refusal refusal) {
                throw refusal.at("customizations[" + i + "]");
            }
        }
        check(edited, customizations);
        return edited;
    }

    /**
     * Checks the result of customizations.
     *
     * @throws Refusal when a phase has no items or a duration that has no effect, or when there are too many
     */
    private static void check(Subscription edited, List<Customization> customizations) {
        List<SubscriptionPhase> phases = edited.phases();
        PlanTerms.checkSize(
                phases.size(),
                phases.stream()
                        .flatMap(phase -> phase.items().stream())
                        .filter(item -> item.removedAt() == null)
                        .count());
        for (SubscriptionPhase phase : phases) {
            if (phase.items().isEmpty()) {
                throw Refusal.invalid("a phase must have at least one item; add one in the same edit: " + phase.key());
            }
        }
        String last = phases.get(phases.size() - 1).key();
        for (int i = 0; i < customizations.size(); i++) {
            if (customizations.get(i) instanceof AddPhase added
                    && added.duration != null
                    && added.label.key().equals(last)) {
                throw Refusal.invalid(
                        "customizations[" + i + "]: phase.duration is not allowed because no phase follows: " + last);
            }
        }
    }

    private static SubscriptionPhase phase(Subscription subscription, String key) {
        return subscription.phases().stream()
                .filter(phase -> phase.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("phase not found: " + Refusal.quote(key)));
    }

    /** A phase that has not ended. */
    private static SubscriptionPhase unfinished(Subscription subscription, String key, Instant at) {
        SubscriptionPhase phase = phase(subscription, key);
        Instant end = subscription.span(phase).to();
        if (end != null && !end.isAfter(at)) {
            throw Refusal.forbidden("a phase that has ended cannot be changed: " + key);
        }
        return phase;
    }

    private static Subscription changed(
            Subscription subscription, SubscriptionPhase phase, UnaryOperator<SubscriptionPhase> change) {
        return subscription.with(subscription.phases().stream()
                .map(other -> other.equals(phase) ? change.apply(other) : other)
                .toList());
    }
}
