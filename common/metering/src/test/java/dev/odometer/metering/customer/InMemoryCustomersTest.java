package dev.odometer.metering.customer;

class InMemoryCustomersTest extends CustomersContract {

    @Override
    protected Customers empty() {
        return new InMemoryCustomers();
    }
}
