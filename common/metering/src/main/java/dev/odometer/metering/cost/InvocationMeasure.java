package dev.odometer.metering.cost;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.MeterDraft;
import java.util.Map;

/** A number that the usage events of a deployment's own invocations report, with the meter that sums it. */
public enum InvocationMeasure {
    INVOCATIONS("odometer_invocations", "invocations"),
    EVENTS("odometer_events", "events"),
    MILLISECONDS("odometer_milliseconds", "milliseconds"),
    MILLISECONDS_100("odometer_milliseconds_100", "milliseconds100"),
    BYTES_OUT("odometer_bytes_out", "bytesOut");

    /** The type of the events. */
    public static final String EVENT_TYPE = "odometer.invocation";

    public static final String FUNCTION = "function";
    public static final String PLATFORM = "platform";
    public static final String TRIGGER = "trigger";

    private final String meter;
    private final String member;

    InvocationMeasure(String meter, String member) {
        this.meter = meter;
        this.member = member;
    }

    /** The slug of its meter. */
    public String meter() {
        return meter;
    }

    /** Its member in the data of an event. */
    public String member() {
        return member;
    }

    /** Its meter, by function, platform and trigger. */
    public MeterDraft draft() {
        Map<String, String> groups =
                Map.of(FUNCTION, "$." + FUNCTION, PLATFORM, "$." + PLATFORM, TRIGGER, "$." + TRIGGER);
        return new MeterDraft(meter, null, null, null, Aggregation.SUM, EVENT_TYPE, null, "$." + member, groups);
    }
}
