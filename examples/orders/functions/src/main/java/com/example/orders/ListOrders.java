package com.example.orders;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** {@code GET /orders?customer=&limit=}: the parameters of the query become the components of the record. */
public final class ListOrders implements Function<ListOrders.Input, List<Order>> {

    /** The parameters of the query. */
    public record Input(String customer, Integer limit) {

        public Input {
            limit = Objects.requireNonNullElse(limit, 100);
            if (customer == null) {
                throw Refusal.invalid("customer is required");
            }
            if (limit < 1 || limit > 1000) {
                throw Refusal.invalid("limit must be between 1 and 1000: " + limit);
            }
        }
    }

    private final Orders orders;

    public ListOrders(Orders orders) {
        this.orders = orders;
    }

    @Override
    public List<Order> apply(Input input) {
        return orders.of(input.customer(), input.limit());
    }
}
