// Package kutip is the client of Kutip, a service that finds who said what in news texts.
//
//	client, err := kutip.NewClient("")
//	answer, err := client.Annotate(ctx, text, nil)
//	for said := range answer.Said() {
//		fmt.Println(said.Speaker, "|", said.Text)
//	}
//
// Offsets count bytes of UTF-8, as strings do. Package kutipv1 holds the messages and stubs that are generated from the
// contract.
package kutip
