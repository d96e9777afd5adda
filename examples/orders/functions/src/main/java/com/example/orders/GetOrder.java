package com.example.orders;

import dev.odometer.functions.refusal.Refusal;
import java.util.function.Function;

/** {@code GET /orders/{id}}: the variable of the path becomes the component of the record with its name. */
public final class GetOrder implements Function<GetOrder.Input, Order> {

    /** The variable of the path. */
    public record Input(String id) {}

    private final Orders orders;

    public GetOrder(Orders orders) {
        this.orders = orders;
    }

    @Override
    public Order apply(Input input) {
        return orders.find(input.id())
                .orElseThrow(() -> Refusal.notFound("order not found: " + Refusal.quote(input.id())));
    }
}
