package com.example.orders;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;

/** {@code POST /orders}: the fields of the JSON body become the record. */
public final class PlaceOrder implements Function<PlaceOrder.Input, Order> {

    /** The body of the request. */
    public record Input(String customer, String sku, int quantity) {

        /** A refusal here is a 400 with this sentence. */
        public Input {
            if (customer == null || customer.isBlank()) {
                throw Refusal.invalid("customer is required");
            }
            if (quantity < 1 || quantity > 1000) {
                throw Refusal.invalid("quantity must be between 1 and 1000: " + quantity);
            }
        }
    }

    private final Orders orders;
    private final Prices prices;
    private final Clock clock;

    public PlaceOrder(Orders orders, Prices prices, Clock clock) {
        this.orders = orders;
        this.prices = prices;
        this.clock = clock;
    }

    @Override
    public Order apply(Input input) {
        BigDecimal price = prices.of(input.sku())
                .orElseThrow(() -> Refusal.invalid("unknown sku: " + Refusal.quote(String.valueOf(input.sku()))));
        var order = new Order(
                UUID.randomUUID().toString(),
                input.customer(),
                input.sku(),
                input.quantity(),
                price.multiply(BigDecimal.valueOf(input.quantity())),
                Order.Status.PLACED,
                clock.instant());
        orders.add(order);
        return order;
    }
}
