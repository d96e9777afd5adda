package com.example.orders;

import dev.odometer.functions.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Runs every hour: cancels orders that were not paid within a day. */
public final class CancelUnpaid implements Consumer<Tick> {

    private static final Duration TIME_TO_PAY = Duration.ofDays(1);

    private final Orders orders;

    public CancelUnpaid(Orders orders) {
        this.orders = orders;
    }

    @Override
    public void accept(Tick tick) {
        Instant limit = tick.due().minus(TIME_TO_PAY);
        orders.change(order -> order.status() == Order.Status.PLACED && order.placedAt().isBefore(limit)
                ? order.with(Order.Status.CANCELED)
                : order);
    }
}
