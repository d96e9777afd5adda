package dev.odometer.metering.notification;

/**
 * Tells the process that delivers that something is due. Only a hint: where no process listens, the schedule of the
 * delivering function finds it.
 */
@FunctionalInterface
public interface DeliverySignal {

    /** Where nothing listens. */
    DeliverySignal NONE = () -> {};

    /** Called by the store after the commit that made deliveries due. Returns at once. */
    void deliveriesDue();
}
