package dev.odometer.metering.notification;

/**
 * Signals the delivering process that deliveries are due. Only a hint: without a listener, the schedule of the delivery
 * function finds them.
 */
@FunctionalInterface
public interface DeliverySignal {

    /** For stores without a listener. */
    DeliverySignal NONE = () -> {};

    /** Called by the store after the commit that made deliveries due. Returns immediately. */
    void deliveriesDue();
}
