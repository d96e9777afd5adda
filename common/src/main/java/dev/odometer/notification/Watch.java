package dev.odometer.notification;

import dev.odometer.usage.WindowSize;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** What a rule looks at. */
public sealed interface Watch {

    /** The notification's type, as the wire API has it. */
    String type();

    /**
     * The balances of metered entitlements.
     *
     * @param features id to key; empty for all
     * @param thresholds 1 to 10
     */
    record OfBalances(Map<String, String> features, List<Threshold> thresholds) implements Watch {

        public OfBalances {
            features = Map.copyOf(features);
            thresholds = List.copyOf(thresholds);
        }

        @Override
        public String type() {
            return "entitlements.balance.threshold";
        }
    }

    /**
     * The beginning of periods of metered entitlements.
     *
     * @param features id to key; empty for all
     */
    record OfResets(Map<String, String> features) implements Watch {

        public OfResets {
            features = Map.copyOf(features);
        }

        @Override
        public String type() {
            return "entitlements.reset";
        }
    }

    /**
     * A meter's usage by each subject in each window, whether or not anybody is entitled to it.
     *
     * @param subjects empty for all
     * @param thresholds 1 to 10, of usage values
     */
    record OfUsage(
            String meterId,
            String meterSlug,
            WindowSize window,
            ZoneId zone,
            List<String> subjects,
            List<Threshold> thresholds)
            implements Watch {

        public OfUsage {
            subjects = List.copyOf(subjects);
            thresholds = List.copyOf(thresholds);
        }

        @Override
        public String type() {
            return "meters.usage.threshold";
        }
    }
}
