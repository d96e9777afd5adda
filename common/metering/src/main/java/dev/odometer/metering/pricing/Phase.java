package dev.odometer.metering.pricing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a plan's duration with its own rate cards, such as a trial.
 *
 * @param label its key is unique in the plan
 * @param duration absent for the last phase, which does not end
 */
public record Phase(Label label, @Nullable CalendarDuration duration, List<RateCard> rateCards) {

    public Phase {
        rateCards = List.copyOf(rateCards);
    }

    public String key() {
        return label.key();
    }
}
