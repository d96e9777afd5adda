package com.example.orders;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.util.function.Consumer;

/**
 * Takes CloudEvents from the channel {@code payments}. Idempotent, because a message can be delivered twice. A refusal
 * makes the message a dead letter with this reason; any other exception makes it a retry.
 */
public final class RecordPayment implements Consumer<RecordPayment.Payment> {

    /** The members of the event that the function needs. Other members are ignored. */
    public record Payment(Data data) {

        public Payment {
            if (data == null || data.orderId() == null || data.amount() == null) {
                throw Refusal.invalid("data.orderId and data.amount are required");
            }
            if (data.amount().signum() <= 0) {
                throw Refusal.invalid("data.amount must be positive: " + data.amount());
            }
        }
    }

    /** The data of the event. */
    public record Data(String orderId, BigDecimal amount) {}

    private final Orders orders;

    public RecordPayment(Orders orders) {
        this.orders = orders;
    }

    @Override
    public void accept(Payment payment) {
        orders.pay(payment.data().orderId(), payment.data().amount());
    }
}
