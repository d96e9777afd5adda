package com.example.orders;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.util.function.Consumer;

/**
 * Takes CloudEvents from the channel {@code payments}. Idempotent, because a message can be delivered twice. A refusal
 * makes the message a dead letter with this sentence as the reason; any other exception makes it a retry.
 */
public final class RecordPayment implements Consumer<RecordPayment.Payment> {

    /** The attributes and the data of the event. Attributes that it does not declare are ignored. */
    public record Payment(String id, String type, Data data) {

        public Payment {
            if (data == null || data.orderId() == null || data.amount() == null) {
                throw Refusal.invalid("data.orderId and data.amount are required");
            }
        }
    }

    public record Data(String orderId, BigDecimal amount) {}

    private final Orders orders;

    public RecordPayment(Orders orders) {
        this.orders = orders;
    }

    @Override
    public void accept(Payment payment) {
        Order order = orders.find(payment.data().orderId())
                .orElseThrow(() -> Refusal.invalid("unknown order: " + Refusal.quote(payment.data().orderId())));
        if (payment.data().amount().compareTo(order.total()) != 0) {
            throw Refusal.invalid("the amount must be " + order.total() + ": " + payment.data().amount());
        }
        orders.change(other -> other.id().equals(order.id()) ? other.with(Order.Status.PAID) : other);
    }
}
