package com.example.orders;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Orders in the memory of one process. Several processes need a database. */
public final class OrdersInMemory implements Orders {

    private final Map<String, Order> orders = new ConcurrentSkipListMap<>();
    private final Map<String, BigDecimal> payments = new ConcurrentHashMap<>();

    @Override
    public void add(Order order) {
        orders.put(order.id(), order);
    }

    @Override
    public void pay(String orderId, BigDecimal amount) {
        payments.put(orderId, amount);
    }

    @Override
    public Optional<Order> find(String id) {
        return Optional.ofNullable(orders.get(id)).map(this::withPayment);
    }

    @Override
    public List<Order> of(String customer, int limit) {
        return orders.values().stream()
                .filter(order -> order.customer().equals(customer))
                .limit(limit)
                .map(this::withPayment)
                .toList();
    }

    @Override
    public void cancelUnpaid(Instant placedBefore) {
        orders.replaceAll((id, order) ->
                isUnpaid(order) && order.placedAt().isBefore(placedBefore) ? order.with(Order.Status.CANCELED) : order);
    }

    private boolean isUnpaid(Order order) {
        return withPayment(order).status() == Order.Status.PLACED;
    }

    private Order withPayment(Order order) {
        BigDecimal paid = payments.getOrDefault(order.id(), BigDecimal.ZERO);
        return order.status() == Order.Status.PLACED && paid.compareTo(order.total()) >= 0
                ? order.with(Order.Status.PAID)
                : order;
    }
}
