package kutip

import (
	_ "embed"
	"math"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials/insecure"
)

// The same in all clients: clients/service_config.json.
//
//go:embed service_config.json
var serviceConfig string

// defaultTimeout is for a call with all of its retries.
const defaultTimeout = 30 * time.Second

// channelOptions set up load balancing, retries with push-back, and no limit on the size of answers: requests are what
// the server bounds. A server that comes back is found again soon.
func channelOptions() []grpc.DialOption {
	reconnect := backoff.DefaultConfig
	reconnect.BaseDelay, reconnect.MaxDelay = 100*time.Millisecond, 2*time.Second
	return []grpc.DialOption{
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultServiceConfig(serviceConfig),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(math.MaxInt32)),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: reconnect, MinConnectTimeout: 5 * time.Second}),
	}
}

// defaultServer is where the server is if the caller does not say: $KUTIP_SERVER, else where `kutip serve` listens.
func defaultServer() string {
	if server := os.Getenv("KUTIP_SERVER"); server != "" {
		return server
	}
	return "127.0.0.1:50061"
}
