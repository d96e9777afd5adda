package com.example;

import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** A Spring Boot application with a function that uses a database, which Spring Boot configures. */
@SpringBootApplication(proxyBeanMethods = false)
public class Shop {

    /** A request. */
    public record Product(String sku) {}

    @Bean
    Function<Product, Map<String, Object>> getProduct(JdbcTemplate database) {
        database.execute("create table product (sku varchar primary key, name varchar)");
        database.update("insert into product values (?, ?)", "tea", "Earl Grey");
        return product -> database.queryForMap("select name from product where sku = ?", product.sku());
    }

    @Bean
    Routes productRoutes() {
        return new Routes(List.of(Route.get("/products/{sku}", "getProduct")));
    }
}
