package com.example.orders;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The current price of each product. */
public final class Prices {

    private final Map<String, BigDecimal> bySku = new ConcurrentHashMap<>(Map.of("tea", new BigDecimal("4.50")));

    public Optional<BigDecimal> of(String sku) {
        return Optional.ofNullable(bySku.get(sku));
    }

    public void putAll(Map<String, BigDecimal> prices) {
        bySku.putAll(prices);
    }
}
