package main

import (
	"context"
	"fmt"
	"log"
	"os"

	kutip "kutip.dev/go"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	client, err := kutip.NewClient("") // $KUTIP_SERVER, else 127.0.0.1:50061
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	answer, err := client.Annotate(context.Background(), string(text), nil)
	if err != nil {
		log.Fatal(err)
	}
	for said := range answer.Said() {
		fmt.Println(said.Speaker, "|", said.Text)
	}
}
