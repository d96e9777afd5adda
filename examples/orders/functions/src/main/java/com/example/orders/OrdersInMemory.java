package com.example.orders;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** Orders in the memory of one process. Replace it with a database where several processes serve requests. */
final class OrdersInMemory implements Orders {

    private final ConcurrentSkipListMap<String, Order> orders = new ConcurrentSkipListMap<>();

    @Override
    public void add(Order order) {
        orders.put(order.id(), order);
    }

    @Override
    public Optional<Order> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    @Override
    public List<Order> of(String customer, int limit) {
        return orders.values().stream()
                .filter(order -> order.customer().equals(customer))
                .limit(limit)
                .toList();
    }

    @Override
    public int change(UnaryOperator<Order> change) {
        int changed = 0;
        for (Order before : orders.values()) {
            Order after = change.apply(before);
            if (!after.equals(before) && orders.replace(before.id(), before, after)) {
                changed++;
            }
        }
        return changed;
    }
}
