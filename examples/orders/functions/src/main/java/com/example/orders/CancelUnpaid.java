package com.example.orders;

import dev.odometer.functions.schedule.Tick;
import java.time.Duration;
import java.util.function.Consumer;

/** Runs every hour: cancels the orders that were not paid in time. */
public final class CancelUnpaid implements Consumer<Tick> {

    private final Orders orders;
    private final Duration timeToPay;

    public CancelUnpaid(Orders orders, Duration timeToPay) {
        this.orders = orders;
        this.timeToPay = timeToPay;
    }

    @Override
    public void accept(Tick tick) {
        orders.cancelUnpaid(tick.due().minus(timeToPay));
    }
}
